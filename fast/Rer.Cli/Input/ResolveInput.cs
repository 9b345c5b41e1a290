namespace Rer.Cli.Input;

/// <summary>The input of a resolve.</summary>
/// <param name="Request">The requirements as written.</param>
/// <param name="ImplicitRequest">The requirements that rez adds to them.</param>
/// <param name="Repository">Where packages come from.</param>
/// <param name="Options">The options of the resolve.</param>
/// <param name="Engine">The name of the engine.</param>
/// <param name="Notes">Oddities of the input, one line each, for people.</param>
/// <param name="Paths">The directories that packages come from; null if they are not on disk.</param>
internal sealed record ResolveInput(
    IReadOnlyList<string> Request,
    IReadOnlyList<string> ImplicitRequest,
    OpenRepository Repository,
    ResolveOptions Options,
    string Engine,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string>? Paths
) : IDisposable
{
    /// <summary>What is resolved: the request and the implicit requirements.</summary>
    public IReadOnlyList<string> WholeRequest { get; } = [.. Request, .. ImplicitRequest];

    /// <summary>Writes the notes.</summary>
    public void WriteNotes(Terminal terminal)
    {
        foreach (string note in Notes)
        {
            terminal.WriteErrorLine($"rer: {note}", Styles.Note);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Repository.Dispose();
}
