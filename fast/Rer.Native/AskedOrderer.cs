using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Rer.Books;

namespace Rer.Native;

/// <summary>The functions of a caller that order versions and compare ranges, as <c>rer.h</c> has them.</summary>
internal readonly unsafe struct OrdererFunctions(
    delegate* unmanaged[Cdecl]<void*, int, ulong, byte*, nuint, byte*, nuint, int> order,
    delegate* unmanaged[Cdecl]<void*, int, ulong, byte*, nuint, byte*, nuint, byte*, nuint, byte*, nuint, int> compare,
    void* context
)
{
    /// <summary>Whether there is a function to order with.</summary>
    public bool CanOrder => order != null;

    /// <summary>Whether there is a function to compare with.</summary>
    public bool CanCompare => compare != null;

    public int Order(int orderer, ulong question, byte[] family, byte[] versions)
    {
        fixed (
            byte* name = family,
                listed = versions
        )
        {
            return order(context, orderer, question, name, (nuint)family.Length, listed, (nuint)versions.Length);
        }
    }

    public int Compare(int orderer, ulong question, byte[] family, byte[] range, byte[] otherFamily, byte[] otherRange)
    {
        byte none = 0;
        fixed (
            byte* a = family,
                b = range,
                c = otherFamily,
                d = otherRange
        )
        {
            return compare(
                context,
                orderer,
                question,
                a,
                (nuint)family.Length,
                b == null ? &none : b,
                (nuint)range.Length,
                c,
                (nuint)otherFamily.Length,
                d == null ? &none : d,
                (nuint)otherRange.Length
            );
        }
    }
}

/// <summary>An orderer that the caller's functions are asked for: <c>rer_order</c> and <c>rer_compare</c>.</summary>
internal sealed class AskedOrderer : IPositionOrderer
{
    /// <summary>What was written of listings, which are the same for all solves.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, byte[]> Written = [];

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

    /// <summary>Adds the orderers that a question asks the caller for to its options.</summary>
    /// <exception cref="PackageDataException">They are not what <c>rer.h</c> says.</exception>
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
        };
    }

    private static bool IsSet(JsonPlace place, string flag) => place.OptionalMember(flag)?.Boolean() == true;

    /// <inheritdoc />
    public IReadOnlyList<string> Order(string family, IReadOnlyList<string> versions) =>
        [.. OrderPositions(family, versions).Select(position => versions[position])];

    /// <inheritdoc />
    public IReadOnlyList<int> OrderPositions(string family, IReadOnlyList<string> versions)
    {
        byte[] listed = Written.GetValue(versions, Write);
        using Question question = new();
        int code = question.Ask(handle => _functions.Order(_number, handle, Encoding.UTF8.GetBytes(family), listed));
        if (code != 0)
        {
            throw Failed(question, code);
        }

        byte[] answer = question.Answer ?? throw new PackageDataException("there was no answer");
        return answer.Length % sizeof(int) == 0
            ? MemoryMarshal.Cast<byte, int>(answer).ToArray()
            : throw new PackageDataException($"{answer.Length} bytes are no list of positions");
    }

    private static byte[] Write(IReadOnlyList<string> versions) =>
        Json.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (string version in versions)
            {
                writer.WriteStringValue(version);
            }

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
