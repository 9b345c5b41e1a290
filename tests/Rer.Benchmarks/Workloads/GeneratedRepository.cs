using System.Globalization;

namespace Rer.Benchmarks;

/// <summary>
/// Generates repositories of any size, the same in every run. Families are arranged in layers. A minor version requires
/// a window of the minor versions of three families in the next layer. Each variant requires another platform. The
/// families that a request does not reach look the same, and come between the others by name.
/// </summary>
internal static class GeneratedRepository
{
    private const string Platform = "platform";
    private const int RequestCount = 16;

    /// <summary>Generates the repository of a shape.</summary>
    internal static MemoryPackageRepository Make(Shape shape)
    {
        Dictionary<string, IReadOnlyDictionary<string, PackageDefinition>> families = [];
        families[Platform] = Enumerable
            .Range(0, shape.Variants)
            .ToDictionary(variant => Text($"{variant}"), _ => PackageDefinition.Empty);
        for (int family = 0; family < shape.Families; family++)
        {
            (int group, int member) = (family / shape.Reached, family % shape.Reached);
            Dictionary<string, PackageDefinition> versions = [];
            for (int minor = 0; minor < shape.Minors; minor++)
            {
                PackageDefinition definition = Define(shape, group, member, minor);
                for (int patch = 0; patch < shape.Patches; patch++)
                {
                    versions[Text($"{minor}.{patch}")] = definition;
                }
            }

            families[Name(group, member)] = versions;
        }

        return new MemoryPackageRepository(families);
    }

    /// <summary>Requests that narrow the first layer more and more, on the first platform and on the last.</summary>
    internal static IEnumerable<string[]> Requests(Shape shape)
    {
        for (int i = 0; i < RequestCount; i++)
        {
            int top = shape.Minors - shape.Minors * (i % 8) / 20;
            int bottom = shape.Minors * (i % 5) / 10;
            yield return
            [
                Text($"{Name(0, 0)}<{top}"),
                Text($"{Name(0, 1 + i % 3)}-{bottom}+"),
                Text($"{Platform}-{(i % 2 == 0 ? 0 : shape.Variants - 1)}"),
                Text($"!{Name(0, shape.Reached - 1)}-{shape.Minors - 1}+"),
            ];
        }
    }

    private static PackageDefinition Define(Shape shape, int group, int member, int minor)
    {
        List<string> requires = [];
        int layer = member / Shape.Width;
        if (layer < shape.Depth - 1)
        {
            int window = shape.Minors / 3;
            for (int i = 0; i < 3; i++)
            {
                // The windows of different members are shifted in different directions, so that the latest versions do
                // not fit together.
                int bottom = Math.Max(0, minor - window + (member * 7 + i * 3) % window / 2);
                int top = Math.Max(bottom + 1, Math.Min(shape.Minors, minor + window / (2 + i)));
                int target = (layer + 1) * Shape.Width + (member + i) % Shape.Width;
                requires.Add(Text($"{Name(group, target)}-{bottom}+<{top}"));
            }
        }

        return new PackageDefinition
        {
            Requires = requires,
            Variants =
            [
                .. Enumerable.Range(0, shape.Variants).Select(variant => new[] { Text($"{Platform}-{variant}") }),
            ],
        };
    }

    /// <summary>Sorted by name, the members of all groups are interleaved.</summary>
    private static string Name(int group, int member) => Text($"f{member}_{group}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
