namespace Rer.Cli.Rendering;

/// <summary>The formats in which a resolve can be printed, by their names for users.</summary>
internal enum ResolveFormat
{
    /// <summary>As rez-env prints it.</summary>
    Table,

    /// <summary>The whole result.</summary>
    Json,

    /// <summary>The graph in the DOT language, as rez writes it.</summary>
    Dot,

    /// <summary>The graph as a picture.</summary>
    Svg,

    /// <summary>The graph as a page.</summary>
    Html,
}
