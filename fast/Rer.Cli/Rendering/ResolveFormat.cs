namespace Rer.Cli.Rendering;

/// <summary>The forms in which a resolve can be printed, by the names that users give.</summary>
internal enum ResolveFormat
{
    /// <summary>What rez-env prints.</summary>
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
