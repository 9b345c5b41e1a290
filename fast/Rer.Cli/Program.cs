using Rer.Cli;
using Rer.Repositories.Disk;

StartMemory.Take();
return await CommandLine.RunAsync(ProcessText.Arguments(args), Terminal.OfProcess()).ConfigureAwait(false);
