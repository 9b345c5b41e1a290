namespace Rer.Cli.Input;

/// <summary>All that a resolve starts from.</summary>
/// <param name="Request">The requirements, as they were written.</param>
/// <param name="ImplicitRequest">The requirements that rez adds to them.</param>
/// <param name="Repository">Where packages come from.</param>
/// <param name="Options">How to resolve.</param>
/// <param name="Engine">The name of the engine.</param>
/// <param name="Notes">What is odd about the input, a line each, for people.</param>
/// <param name="Paths">The directories that packages come from; null where they are not on disk.</param>
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
    /// <summary>What is resolved: the request and what was added to it.</summary>
    public IReadOnlyList<string> WholeRequest { get; } = [.. Request, .. ImplicitRequest];

    /// <summary>Tells people what is odd.</summary>
    public void WriteNotes(Terminal terminal)
    {
        foreach (string note in Notes)
            terminal.WriteErrorLine($"rer: {note}", Styles.Note);
    }

    /// <inheritdoc />
    public void Dispose() => Repository.Dispose();
}
