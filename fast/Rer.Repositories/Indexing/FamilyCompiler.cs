using Rer.Compiling;

namespace Rer.Repositories.Indexing;

/// <summary>Compiles families for an index.</summary>
internal sealed class FamilyCompiler
{
    private readonly Source _source = new();
    private readonly HashSet<string> _compiled = new(StringComparer.Ordinal);
    private Catalogue _catalogue;

    public FamilyCompiler() => _catalogue = NewCatalogue();

    /// <summary>
    /// Compiles what is known about a family; null if it contains an error. A solve then reads the family, and reports
    /// the error.
    /// </summary>
    public CompiledFamily? Compile(FamilyContent content)
    {
        if (!content.IsListed || content.Definitions.Count == 0)
        {
            return null;
        }
        if (!_compiled.Add(content.Name))
        {
            // A catalogue lists a family only once, and this family has changed since, for example during an update.
            _catalogue = NewCatalogue();
            _compiled.Clear();
            _compiled.Add(content.Name);
        }
        _source.Family = content;
        try
        {
            CompiledFamily family = _catalogue.Families.GetFamily(_catalogue.Slots.Get(content.Name));
            ulong[] known = new ulong[family.VersionWords];
            for (int version = 0; version < family.Listing.Count; version++)
            {
                if (content.Definitions.ContainsKey(family.Listing.TextOf(new VersionId(version))))
                {
                    Bits.Add(known, version);
                }
            }
            return _catalogue.Families.Load(family, known);
        }
        catch (Exception e) when (e is InputSyntaxException or PackageDataException)
        {
            return null;
        }
    }

    private Catalogue NewCatalogue() => new(_source, FamilyFormat.Limits, building: false);

    /// <summary>The family to compile.</summary>
    private sealed class Source : IPackageRepository
    {
        public FamilyContent? Family { get; set; }

        public IReadOnlyList<string> SearchPaths => [];

        public IEnumerable<string> GetFamilies() => [];

        public IReadOnlyList<string> GetVersions(string family) => Family!.Versions;

        public PackageDefinition GetDefinition(string family, string version) =>
            Family!.Definitions[version].Definition;
    }
}
