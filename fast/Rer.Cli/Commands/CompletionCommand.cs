using System.CommandLine;

namespace Rer.Cli.Commands;

/// <summary><c>rer completion</c>: the script that makes a shell complete commands, options, families and versions.</summary>
internal sealed class CompletionCommand : Command
{
    private const string Bash = """
        # rer completion for bash: put into ~/.bashrc  eval "$(rer completion bash)"
        _rer_complete() {
            local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" full item
            full="${line##* }"
            COMPREPLY=()
            while IFS= read -r item; do
                # bash breaks words at = and :, and replaces only what is behind.
                COMPREPLY+=("${item#"${full%"$word"}"}")
            done < <(rer complete "$line" 2>/dev/null)
        }
        complete -o default -F _rer_complete rer
        """;

    private const string Zsh = """
        # rer completion for zsh: put into ~/.zshrc  eval "$(rer completion zsh)"
        _rer_complete() {
            local -a items
            items=("${(@f)$(rer complete "${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
            compadd -Q -- ${(b)items:#}
        }
        compdef _rer_complete rer
        """;

    private const string Fish = """
        # rer completion for fish: put into config.fish  rer completion fish | source
        complete -c rer -f -a '(rer complete (commandline -cp) 2>/dev/null)'
        """;

    public CompletionCommand(Terminal terminal)
        : base("completion", "Prints a script that makes a shell complete commands, options, families and versions.")
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Add(shell);
        SetAction(parsed =>
        {
            terminal.Output.WriteLine(
                parsed.GetRequiredValue(shell) switch
                {
                    "bash" => Bash,
                    "zsh" => Zsh,
                    _ => Fish,
                }
            );
            return ExitCode.Solved;
        });
    }
}
