namespace Rer.Repositories.Python;

/// <summary>
/// What adds to a list that another configuration file, or rez itself, sets: rez's <c>ModifyList</c>, as a configuration
/// calls it.
/// </summary>
/// <param name="Prepend">What comes first; null for nothing.</param>
/// <param name="Append">What comes last; null for nothing.</param>
internal sealed record PythonListChange(PythonSequence? Prepend, PythonSequence? Append) : PythonValue
{
    /// <summary>The function of a configuration that makes one. In a package it changes nothing that a resolve sees.</summary>
    public static PythonNative Maker { get; } = new("rez.config.ModifyList");

    public override string TypeName => "ModifyList";

    /// <summary>What a call makes; null if that is not known, or fails.</summary>
    public static PythonListChange? Of(
        IReadOnlyList<PythonValue> arguments,
        IReadOnlyList<(string? Name, PythonValue Value)> keywords
    )
    {
        PythonValue? append = arguments.ElementAtOrDefault(0);
        PythonValue? prepend = arguments.ElementAtOrDefault(1);
        foreach ((string? name, PythonValue value) in keywords)
        {
            if (name == "append" && append is null)
                append = value;
            else if (name == "prepend" && prepend is null)
                prepend = value;
            else
                return null;
        }
        return arguments.Count <= 2 && IsList(append) && IsList(prepend)
            ? new PythonListChange(prepend as PythonSequence, append as PythonSequence)
            : null;
    }

    private static bool IsList(PythonValue? value) =>
        value is null or PythonNone or PythonSequence { Kind: PythonSequenceKind.List };
}
