using Rer.Cli;
using Rer.Repositories.Disk;

return await CommandLine.RunAsync(ProcessText.Arguments(args), Terminal.OfProcess()).ConfigureAwait(false);
