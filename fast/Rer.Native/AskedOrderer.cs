using System.Runtime.CompilerServices;
using System.Text;
using Rer.Books;

namespace Rer.Native;

/// <summary>An orderer that calls the caller's functions <c>rer_order</c> and <c>rer_compare</c>.</summary>
internal sealed class AskedOrderer : IBatchOrderer
{
    /// <summary>The number of each listing. A listing keeps its number in later solves.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, object> s_numbers = [];
    private static long s_lastNumber;

    private readonly int _number;
    private readonly OrdererFunctions _functions;

    private AskedOrderer(string name, int number, OrdererFunctions functions)
    {
        Name = name;
        _number = number;
        _functions = functions;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public bool RanksRanges { get; private init; }

    /// <inheritdoc />
    public bool ComparesConsistently { get; private init; }

    /// <summary>Adds to the options the orderers that a question delegates to the caller.</summary>
    /// <exception cref="PackageDataException">They are not as described in <c>rer.h</c>.</exception>
    public static ResolveOptions AddTo(ResolveOptions options, JsonPlace place, OrdererFunctions functions)
    {
        List<PackageOrderer>? given = options.PackageOrderers?.ToList();
        List<PackageOrderer> configured = [.. options.ConfiguredOrderers];
        foreach (JsonPlace asked in place.Items("orderer"))
        {
            asked.Allow(
                "number",
                "name",
                "packages",
                "compares_ranges",
                "early",
                "as_listed",
                "assumed",
                "consistent",
                "configured",
                "position"
            );
            List<PackageOrderer> list = IsSet(asked, "configured") ? configured : given ??= [];
            int position = asked.OptionalMember("position")?.Int32() ?? 0;
            if (position < 0 || position > list.Count)
            {
                throw asked.Error($"'position' must be from 0 to {list.Count}");
            }

            list.Insert(position, Read(asked, functions));
        }

        return options with
        {
            PackageOrderers = given,
            ConfiguredOrderers = configured,
        };
    }

    private static CustomOrderer Read(JsonPlace place, OrdererFunctions functions)
    {
        AskedOrderer orderer = new(place.Member("name").Text(), place.Member("number").Int32(), functions)
        {
            RanksRanges = IsSet(place, "compares_ranges"),
            ComparesConsistently = IsSet(place, "consistent"),
        };
        if (!functions.CanOrder || (orderer.RanksRanges && !functions.CanCompare))
        {
            throw place.Error("there is no function to ask");
        }

        return new CustomOrderer(orderer)
        {
            Packages = place.OptionalMember("packages")?.Texts(),
            IsAskedEarly = IsSet(place, "early"),
            IsGivenListing = IsSet(place, "as_listed"),
            IsAssumed = IsSet(place, "assumed"),
        };
    }

    private static bool IsSet(JsonPlace place, string flag) => place.OptionalMember(flag)?.Boolean() == true;

    /// <inheritdoc />
    public IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions) =>
        Array.ConvertAll(OrderPositions([family], [versions]), position => versions[position]);

    /// <inheritdoc />
    public int[] OrderPositions(IReadOnlyList<string> families, IReadOnlyList<IReadOnlyList<string>> listings)
    {
        ulong[] numbers = new ulong[listings.Count];
        int count = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (ulong)(long)s_numbers.GetValue(listings[i], _ => Interlocked.Increment(ref s_lastNumber));
            count += listings[i].Count;
        }

        int[] positions = new int[count];
        using Question question = new()
        {
            Listing = at => Write(families[at], listings[at]),
            Listings = numbers.Length,
        };
        int code = question.Ask(handle => _functions.Order(_number, handle, numbers, positions));
        return code == 0 ? positions : throw Failed(question, code);
    }

    private static byte[] Write(string family, IReadOnlyList<string> versions) =>
        Json.Write(writer =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(family);
            writer.WriteStartArray();
            foreach (string version in versions)
            {
                writer.WriteStringValue(version);
            }

            writer.WriteEndArray();
            writer.WriteEndArray();
        });

    /// <inheritdoc />
    public int CompareRanges(string family, string range, string otherFamily, string otherRange)
    {
        using Question question = new();
        int order = question.Ask(handle =>
            _functions.Compare(
                _number,
                handle,
                Encoding.UTF8.GetBytes(family),
                Encoding.UTF8.GetBytes(range),
                Encoding.UTF8.GetBytes(otherFamily),
                Encoding.UTF8.GetBytes(otherRange)
            )
        );
        return order is -1 or 0 or 1 ? order : throw Failed(question, order);
    }

    private static PackageDataException Failed(Question question, int code) =>
        new(question.Answer is { } answer ? Encoding.UTF8.GetString(answer) : $"the function returned {code}");
}
