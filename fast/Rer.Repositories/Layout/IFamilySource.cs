using Rer.Compiling;

namespace Rer.Repositories.Layout;

/// <summary>The versions of a family in one package path.</summary>
internal interface IFamilySource
{
    /// <summary>The versions as text, in a fixed order; the empty text is an unversioned package.</summary>
    IReadOnlyList<string> Versions { get; }

    /// <summary>Where a version is, for messages.</summary>
    string PathOf(string version);

    /// <summary>The compiled form of the family, if there is one.</summary>
    StoredFamily? FindCompiled() => null;

    /// <summary>Reads a definition.</summary>
    /// <exception cref="PackageDataException">The definition cannot be read.</exception>
    PackageDefinition Load(string version);
}
