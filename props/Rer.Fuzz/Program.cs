using Rer.Cli;
using Rer.Fuzz;

var terminal = Terminal.OfProcess();
return await CommandLine.RunAsync(new FuzzCommand(terminal), args, terminal).ConfigureAwait(false);
