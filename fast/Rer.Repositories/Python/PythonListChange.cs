namespace Rer.Repositories.Python;

/// <summary>
/// An addition to a list that another configuration file, or rez itself, sets: rez's <c>ModifyList</c>.
/// </summary>
/// <param name="Prepend">The items to add in front; null for none.</param>
/// <param name="Append">The items to add at the end; null for none.</param>
internal sealed record PythonListChange(PythonSequence? Prepend, PythonSequence? Append) : PythonValue
{
    /// <summary>
    /// The function with which a configuration creates one. In a package it changes nothing that a resolve sees.
    /// </summary>
    public static PythonNative Maker { get; } = new("ModifyList");

    public override string TypeName => "ModifyList";

    /// <summary>The result of a call; null if it is unknown, or if the call fails.</summary>
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
            {
                append = value;
            }
            else if (name == "prepend" && prepend is null)
            {
                prepend = value;
            }
            else
            {
                return null;
            }
        }
        return arguments.Count <= 2 && IsList(append) && IsList(prepend)
            ? new PythonListChange(prepend as PythonSequence, append as PythonSequence)
            : null;
    }

    private static bool IsList(PythonValue? value) =>
        value is null or PythonNone or PythonSequence { Kind: PythonSequenceKind.List };
}
