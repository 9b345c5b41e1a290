using Rer.Cli;

StartMemory.Take();
return await CommandLine.RunAsync(args, Terminal.OfProcess()).ConfigureAwait(false);
