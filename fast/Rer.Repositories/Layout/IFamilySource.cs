using Rer.Compiling;

namespace Rer.Repositories.Layout;

/// <summary>The versions of a family in one package path.</summary>
internal interface IFamilySource
{
    /// <summary>The versions as text, in a fixed order; the empty text is an unversioned package.</summary>
    IReadOnlyList<string> Versions { get; }

    /// <summary>Where a version stands, for messages.</summary>
    string PathOf(string version);

    /// <summary>The family as it was compiled before; null if it was not.</summary>
    StoredFamily? FindCompiled() => null;

    /// <summary>Reads a definition.</summary>
    /// <exception cref="PackageDataException">It cannot be read.</exception>
    PackageDefinition Load(string version);
}
