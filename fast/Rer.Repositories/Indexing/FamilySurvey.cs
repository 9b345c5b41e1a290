using System.Text;
using Rer.Repositories.Definitions;
using Rer.Repositories.Disk;
using Rer.Repositories.Layout;
using Rer.Repositories.Python;

namespace Rer.Repositories.Indexing;

/// <summary>Surveys families on disk. It reads only what has changed since they were last known.</summary>
/// <param name="root">The package path.</param>
/// <param name="python">Evaluates what cannot be known without Python; null to leave it out.</param>
internal sealed class FamilySurvey(DirectoryRoot root, PythonEvaluator? python)
{
    /// <summary>Surveys a family.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="known">What was known about it; null to read everything.</param>
    /// <exception cref="PackageDataException">What was known is damaged.</exception>
    public SurveyedFamily Look(string name, FamilyEntry? known)
    {
        string directory = Path.Combine(root.Path, name);
        SurveyedFamily found = new();
        try
        {
            FamilyContent? content =
                known is { Kind: FamilyKind.Directory, IsListed: true, IsSteady: true }
                && FamilyLooks.ListingHolds(root, directory, known)
                    ? ContentOf(name, known)
                    : List(name, directory, found);
            if (content is { Kind: FamilyKind.Directory })
            {
                ReadDefinitions(directory, content, known is { Kind: FamilyKind.Directory } ? known : null, found);
            }
            found.Content = content;
        }
        catch (PackageDataException e) when (known?.Origin.HasRaised(e) != true)
        {
            found.Unknown.Add((null, e.Message));
            found.Content = new FamilyContent(name); // solves will read the disk
        }
        return found;
    }

    private static FamilyContent ContentOf(string name, FamilyEntry known) =>
        new(name)
        {
            IsListed = true,
            IsSteady = true,
            Identity = known.Identity,
            Versions = known.Versions,
        };

    private FamilyContent? List(string name, string directory, SurveyedFamily found)
    {
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        if (ListedVersions.Read(root, directory) is { } listing)
        {
            bool isSettled = listing.Directory.IsSettledAt(begun);
            found.IsSettled &= isSettled;
            return new FamilyContent(name)
            {
                IsListed = true,
                IsSteady = listing.DependsOnNothingElse && isSettled,
                Identity = FileIdentity.Of(listing.Directory, IdentityUse.Shared),
                Versions = listing.Versions,
            };
        }
        foreach (FamilyKind kind in new[] { FamilyKind.Python, FamilyKind.Yaml })
        {
            string file = name + DefinitionFile.Extensions[kind == FamilyKind.Python ? 0 : 1];
            FileLook look = root.Look(root.Path, file);
            if (look.Kind == FileKind.File)
            {
                return ReadCombined(name, kind, look, found);
            }
        }
        return null;
    }

    private FamilyContent? ReadCombined(string name, FamilyKind kind, in FileLook look, SurveyedFamily found)
    {
        bool isSettled = look.IsSettled;
        FileIdentity identity = FileIdentity.Of(look, IdentityUse.Shared);
        found.IsSettled &= isSettled;
        string extension = DefinitionFile.Extensions[kind == FamilyKind.Python ? 0 : 1];
        CombinedFamily? source = null;
        IReadOnlyList<string> versions;
        bool mayEvaluate = python is not null && !MayBeLate(root.Path, name + extension);
        try
        {
            source = CombinedFamily.TryRead(root, name, extension);
            if (source is null)
            {
                return null; // removed in the meantime
            }
            versions = source.Versions;
        }
        catch (PackageDataException e) when (e.NeedsPython && mayEvaluate)
        {
            versions = python!.EvaluateVersions(root.Path, name);
        }
        FamilyContent content = new(name)
        {
            Kind = kind,
            IsListed = true,
            IsSteady = isSettled,
            Identity = identity,
            Versions = versions,
        };
        foreach (string version in versions)
        {
            Keep(
                content,
                version,
                default(Evaluated) with
                {
                    IsSettled = true,
                },
                found,
                mayEvaluate,
                () => source?.Load(version) ?? throw NeedsPython(name)
            );
        }
        // The file was looked at before it was read. It must still be the same.
        return identity.Holds(root.Look(root.Path, name + extension)) ? content : new FamilyContent(name);
    }

    private static PackageDataException NeedsPython(string name) =>
        DefinitionError.NeedsPython(name, 1, "'versions' are computed");

    private void ReadDefinitions(string directory, FamilyContent content, FamilyEntry? known, SurveyedFamily found)
    {
        foreach (string version in content.Versions)
        {
            int place = known?.Find(version) ?? -1;
            if (place >= 0 && FamilyLooks.DefinitionHolds(root, directory, known!, place))
            {
                content.Definitions[version] = new IndexedDefinition(
                    known!.ReadIdentity(place),
                    known.ReadDefinition(place, static () => []),
                    known.IsEvaluatedAt(place)
                );
                found.Unread++;
                continue;
            }
            ReadDefinition(directory, content, version, found);
        }
    }

    private void ReadDefinition(string directory, FamilyContent content, string version, SurveyedFamily found)
    {
        string inFamily = version.Length == 0 ? directory : Path.Combine(directory, version);
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        (string file, FileLook look) = DefinitionFile.FindIn(root, inFamily);
        FileLook around = root.Look(inFamily);
        // Python's result may depend on any file in its directory.
        Evaluated evaluated = new(
            new DefinitionIdentity(
                FileIdentity.Of(look, IdentityUse.Shared),
                DefinitionFile.IsYaml(file),
                FileIdentity.Of(around, IdentityUse.Shared)
            ),
            look.IsSettledAt(begun) && around.IsSettledAt(begun)
        );
        bool mayEvaluate = python is not null && file.Length > 0 && !MayBeLate(inFamily, file);
        VersionDefinition? read = null;
        Keep(
            content,
            version,
            evaluated,
            found,
            mayEvaluate,
            () => (read = VersionDefinition.Read(root, inFamily, looksAround: true)).Definition
        );
        if (read is null || !content.Definitions.TryGetValue(version, out IndexedDefinition? definition))
        {
            return;
        }
        if (definition.IsEvaluated)
        {
            return; // its identity was stored with it
        }
        if (read.MayChangeUnseen)
        {
            content.Definitions.Remove(version);
            found.Unknown.Add((version, "it depends on more than its file"));
        }
        else if (!read.IsSettled)
        {
            content.Definitions.Remove(version);
            found.IsSettled = false;
            found.Unknown.Add((version, "it was written a moment ago"));
        }
        else
        {
            content.Definitions[version] = definition with { Identity = read.Identity(IdentityUse.Shared) };
        }
    }

    private void Keep(
        FamilyContent content,
        string version,
        Evaluated evaluated,
        SurveyedFamily found,
        bool mayEvaluate,
        Func<PackageDefinition> read
    )
    {
        try
        {
            PackageDefinition definition = read();
            if (definition.DeferredTimestamp is not null)
            {
                found.Unknown.Add((version, "its timestamp is wrong, which is an error only if it is used"));
            }
            else if (!definition.HoldsEverywhere)
            {
                found.Unknown.Add((version, "it depends on the machine or the environment of the resolve"));
            }
            else if (definition.BuildRequires is DeferredList && mayEvaluate)
            {
                Evaluate(content, version, evaluated, found);
            }
            else
            {
                content.Definitions[version] = new IndexedDefinition(default, definition);
            }
        }
        catch (PackageDataException e) when (e.NeedsPython && mayEvaluate)
        {
            Evaluate(content, version, evaluated, found);
        }
        catch (PackageDataException e)
        {
            found.Unknown.Add((version, e.Message));
        }
    }

    private void Evaluate(FamilyContent content, string version, Evaluated evaluated, SurveyedFamily found)
    {
        try
        {
            PackageDefinition definition = python!.Evaluate(root.Path, content.Name, version);
            if (definition.DeferredTimestamp is not null)
            {
                found.Unknown.Add((version, "its timestamp is wrong, which is an error only if it is used"));
            }
            else if (evaluated.IsSettled)
            {
                content.Definitions[version] = new IndexedDefinition(evaluated.Identity, definition, IsEvaluated: true);
            }
            else
            {
                found.IsSettled = false;
                found.Unknown.Add((version, "it was written a moment ago"));
            }
        }
        catch (PackageDataException e)
        {
            found.Unknown.Add((version, e.Message));
        }
    }

    /// <summary>
    /// The file state for which a definition evaluated by Python is valid, and whether any change to it would be
    /// visible.
    /// </summary>
    private readonly record struct Evaluated(DefinitionIdentity Identity, bool IsSettled);

    /// <summary>
    /// Whether a definition may have functions that rez calls again for each resolve. Their results may differ from the
    /// results now.
    /// </summary>
    private bool MayBeLate(string directory, string name)
    {
        const int Most = 32 << 20;
        using FileContent content = root.Read(directory, name, Most);
        return content.Status != ReadStatus.Read
            || Encoding.UTF8.GetString(content.Bytes).Contains("late", StringComparison.Ordinal);
    }
}

/// <summary>The result of surveying a family.</summary>
internal sealed class SurveyedFamily
{
    /// <summary>What is known about it; null if there is no such family.</summary>
    public FamilyContent? Content { get; set; }

    /// <summary>Whether everything is old enough that any later change would be visible.</summary>
    public bool IsSettled { get; set; } = true;

    /// <summary>The number of definitions that were unchanged.</summary>
    public int Unread { get; set; }

    /// <summary>
    /// The versions whose definitions are not known, and why. Without a version, the reason applies to the family.
    /// </summary>
    public List<(string? Version, string Why)> Unknown { get; } = [];
}
