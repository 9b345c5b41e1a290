using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Rer.Books;

namespace Rer.Native;

/// <summary>Packages that come from the caller's function <c>rer_ask</c>.</summary>
/// <param name="source">The number of the source, passed to the function.</param>
/// <param name="ask">The function.</param>
/// <param name="context">The context passed to the function.</param>
/// <param name="needs">The range of each family that the solve may need, if the repository serves only one solve;
/// otherwise null.</param>
internal sealed unsafe class CallbackRepository(
    int source,
    delegate* unmanaged[Cdecl]<void*, int, ulong, byte*, nuint, byte*, nuint, byte*, nuint, int> ask,
    void* context,
    RangeNeeds? needs
) : IPackageRepository
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, PackageDefinition?>> _families = new();

    public IReadOnlyList<string> SearchPaths { get; } = [];

    public IEnumerable<string> GetFamilies() =>
        throw new PackageDataException("packages that the caller provides on demand cannot be loaded eagerly");

    public IReadOnlyList<string> GetVersions(string family) => [.. Family(family).Keys];

    public PackageDefinition GetDefinition(string family, string version) =>
        Family(family).GetValueOrDefault(version) ?? AskDefinition(family, version);

    /// <summary>Forgets a family, so that it is asked for again.</summary>
    public void Forget(string family) => _families.TryRemove(family, out _);

    private IReadOnlyDictionary<string, PackageDefinition?> Family(string family) =>
        _families.GetOrAdd(family, static (name, self) => self.AskFamily(name), this);

    private IReadOnlyDictionary<string, PackageDefinition?> AskFamily(string family) =>
        FindFamily(family) ?? new OrderedDictionary<string, PackageDefinition?>();

    /// <summary>Asks for a family; null if there is no answer.</summary>
    public IReadOnlyDictionary<string, PackageDefinition?>? FindFamily(string family)
    {
        string? range = needs?.Ask(family);
        IReadOnlyDictionary<string, PackageDefinition?>? found = FindFamily(family, range);
        if (found is not { Count: > 0 } && range is not null)
        {
            // Nothing is in the range. Find out whether the family exists.
            needs!.AskedForAll(family);
            found = FindFamily(family, null);
        }

        return found;
    }

    private OrderedDictionary<string, PackageDefinition?>? FindFamily(string family, string? range)
    {
        if (Ask(family, null, range) is not { } answer)
        {
            return null;
        }

        OrderedDictionary<string, PackageDefinition?> definitions = [];
        string place = $"the answer for family '{family}'";
        return Json.Read(
            answer,
            place,
            versions =>
            {
                foreach ((string version, JsonPlace definition) in versions.Members())
                {
                    bool known = definition.Value.ValueKind != JsonValueKind.Null;
                    definitions[version] = known ? PackagesJson.ReadDefinition(definition) : null;
                }

                return definitions;
            }
        );
    }

    /// <summary>Asks for one version, even if the answer for its family contained it.</summary>
    public PackageDefinition AskDefinition(string family, string version)
    {
        string place = $"the answer for package '{family}-{version}'";
        byte[] answer = Ask(family, version, null) ?? throw new PackageDataException($"{place}: there was none");
        return Json.Read(answer, place, PackagesJson.ReadDefinition);
    }

    private byte[]? Ask(string family, string? version, string? wanted)
    {
        byte[] name = Encoding.UTF8.GetBytes(family);
        byte[]? number = version is null ? null : Encoding.UTF8.GetBytes(version + "\0");
        byte[]? range = wanted is null ? null : Encoding.UTF8.GetBytes(wanted);
        using Question question = new();
        int code = question.Ask(handle =>
        {
            fixed (
                byte* namePointer = name,
                    numberPointer = number,
                    rangePointer = range
            )
            {
                // The terminating zero gives even an unversioned package a valid pointer.
                nuint numberLength = number is null ? 0 : (nuint)number.Length - 1;
                nuint rangeLength = (nuint)(range?.Length ?? 0);
                nuint nameLength = (nuint)name.Length;
                byte nothing = 0;
                byte* start = namePointer == null ? &nothing : namePointer;
                return ask(
                    context,
                    source,
                    handle,
                    start,
                    nameLength,
                    numberPointer,
                    numberLength,
                    rangePointer,
                    rangeLength
                );
            }
        });
        if (code == 0)
        {
            return question.Answer;
        }

        string what = version is null ? $"family '{family}'" : $"package '{family}-{version}'";
        string why = question.Answer is { } answer ? Encoding.UTF8.GetString(answer) : $"the loader returned {code}";
        throw new PackageDataException($"{what}: {why}");
    }
}
