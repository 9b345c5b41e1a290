using System.Globalization;

namespace Rer.Books;

/// <summary>
/// rez's answers about versions, ranges and requirements (<c>data_set/conformance/version.json</c>), compared with
/// those of an engine's algebra.
/// </summary>
public static class VersionVectors
{
    /// <summary>Reads a file of vectors and compares each with an algebra's answers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="algebra">The algebra.</param>
    /// <exception cref="PackageDataException">The file does not contain vectors, or cannot be read.</exception>
    public static VectorReport Check(string path, IVersionAlgebra algebra)
    {
        ArgumentNullException.ThrowIfNull(algebra);
        return JsonFile.Read(
            path,
            place =>
            {
                Checker checker = new(algebra);
                foreach ((string section, JsonPlace vectors) in place.Members())
                {
                    checker.CheckSection(section, vectors);
                }
                return new VectorReport(checker.Count, checker.Differences);
            }
        );
    }

    /// <summary>Whether a file contains vectors instead of books.</summary>
    /// <exception cref="PackageDataException">The file is not JSON, or cannot be read.</exception>
    public static bool Recognises(string path) =>
        JsonFile.Read(
            path,
            place =>
                place.Value.ValueKind == System.Text.Json.JsonValueKind.Object
                && place.OptionalMember("sorted_versions") is not null
        );

    private sealed class Checker(IVersionAlgebra algebra)
    {
        public int Count { get; private set; }

        public List<Difference> Differences { get; } = [];

        public void CheckSection(string section, JsonPlace vectors)
        {
            if (section == "sorted_versions")
            {
                CheckOrder(vectors.Texts());
                return;
            }
            Action<JsonPlace> check = section switch
            {
                "equal_pairs" => CheckEqualPair,
                "versions" => CheckVersion,
                "bad_versions" => CheckBadVersion,
                "ranges" => CheckRange,
                "pairs" => CheckRangePair,
                "from_versions" => CheckRangeOfVersions,
                "requirements" => CheckRequirement,
                "requirement_pairs" => CheckRequirementPair,
                _ => throw vectors.Error("unknown kind of vectors"),
            };
            foreach (JsonPlace vector in vectors.Items("vector"))
            {
                Count++;
                check(vector);
            }
        }

        /// <summary>Checks a sorted list. Equal neighbours are also listed among the equal pairs.</summary>
        private void CheckOrder(string[] versions)
        {
            Count++;
            for (int i = 1; i < versions.Length; i++)
            {
                string pair = $"{versions[i - 1]} , {versions[i]}";
                Equal($"order of {pair}", true, algebra.Compare(versions[i - 1], versions[i]) <= 0);
                Equal($"reverse order of {pair}", true, algebra.Compare(versions[i], versions[i - 1]) >= 0);
            }
        }

        private void CheckEqualPair(JsonPlace vector)
        {
            if (vector.Texts() is not [var left, var right])
            {
                throw vector.Error("expected two versions");
            }
            Equal($"order of {left} , {right}", 0, algebra.Compare(left, right));
        }

        private void CheckVersion(JsonPlace vector)
        {
            string text = vector.Member("text").Text();
            if (Attempt($"version '{text}'", vector, () => algebra.Version(text)) is not { } facts)
            {
                return;
            }
            Equal($"version '{text}' printed", vector.Member("str").Text(), facts.Text);
            EqualTexts($"tokens of version '{text}'", vector.Member("tokens").Texts(), facts.Tokens);
            Equal($"version after '{text}'", vector.OptionalMember("next")?.Text(), facts.Next);
            EqualTexts($"trims of version '{text}'", vector.Member("trims").Texts(), facts.Trims);
        }

        private void CheckBadVersion(JsonPlace vector)
        {
            string text = vector.Member("text").Text();
            JsonPlace result = vector.Member("result");
            bool parses = result.Value.ValueKind == System.Text.Json.JsonValueKind.String;
            if (Attempt($"version '{text}'", parses ? vector : result, () => algebra.Version(text)) is { } facts)
            {
                Equal($"version '{text}' printed", result.Text(), facts.Text);
            }
        }

        private void CheckRange(JsonPlace vector)
        {
            string text = vector.Member("text").Text();
            if (Attempt($"range '{text}'", vector, () => algebra.Range(text)) is not { } facts)
            {
                return;
            }
            Equal($"range '{text}' printed", vector.Member("str").Text(), facts.Text);
            Equal($"range '{text}' is any", vector.Member("is_any").Boolean(), facts.IsAny);
            Equal($"range '{text}' has a lower bound", vector.Member("lower_bounded").Boolean(), facts.IsLowerBounded);
            Equal($"range '{text}' has an upper bound", vector.Member("upper_bounded").Boolean(), facts.IsUpperBounded);
            Equal(
                $"range '{text}' has both bounds",
                vector.Member("bounded").Boolean(),
                facts.IsLowerBounded && facts.IsUpperBounded
            );
            Equal($"parts of range '{text}'", vector.Member("parts").Int32(), facts.Parts);
            Equal($"range '{text}' is empty", vector.Member("is_empty").Boolean(), facts.Parts == 0);
            Equal($"inverse of range '{text}'", vector.OptionalMember("inverse")?.Text(), facts.Inverse);
            Equal($"span of range '{text}'", vector.Member("span").Text(), facts.Span);
            EqualTexts($"versions of range '{text}'", vector.OptionalMember("to_versions")?.Texts(), facts.Versions);
            foreach (string version in vector.Member("contains").Texts())
            {
                Equal($"range '{text}' holds {version}", true, algebra.Contains(text, version));
            }
            foreach (string version in vector.Member("excludes").Texts())
            {
                Equal($"range '{text}' holds {version}", false, algebra.Contains(text, version));
            }
        }

        private void CheckRangePair(JsonPlace vector)
        {
            string a = vector.Member("a").Text();
            string b = vector.Member("b").Text();
            string pair = $"'{a}' and '{b}'";
            RangePairFacts facts = algebra.Ranges(a, b);
            Equal($"union of {pair}", vector.Member("union").Text(), facts.Union);
            Equal($"intersection of {pair}", vector.OptionalMember("intersection")?.Text(), facts.Intersection);
            Equal($"difference of {pair}", vector.OptionalMember("a_minus_b")?.Text(), facts.Difference);
            Equal($"intersects: {pair}", vector.Member("intersects").Boolean(), facts.Intersects);
            Equal($"superset: {pair}", vector.Member("a_issuperset_b").Boolean(), facts.IsSuperset);
            Equal($"subset: {pair}", vector.Member("a_issubset_b").Boolean(), facts.IsSubset);
            Equal($"equal: {pair}", vector.Member("equal").Boolean(), facts.IsEqual);
        }

        private void CheckRangeOfVersions(JsonPlace vector)
        {
            string[] versions = vector.Member("versions").Texts();
            string listed = string.Join(", ", versions);
            Equal($"range of {listed}", vector.Member("str").Text(), algebra.RangeOfVersions(versions));

            string lowest = versions.Aggregate((x, y) => algebra.Compare(y, x) < 0 ? y : x);
            string highest = versions.Aggregate((x, y) => algebra.Compare(y, x) > 0 ? y : x);
            Equal($"range over {listed}", vector.Member("as_span").Text(), algebra.RangeBetween(lowest, highest));
        }

        private void CheckRequirement(JsonPlace vector)
        {
            string text = vector.Member("text").Text();
            if (Attempt($"requirement '{text}'", vector, () => algebra.Requirement(text)) is not { } facts)
            {
                return;
            }
            Equal($"requirement '{text}' printed", vector.Member("str").Text(), facts.Text);
            Equal($"name of requirement '{text}'", vector.Member("name").Text(), facts.Name);
            Equal($"range of requirement '{text}'", vector.OptionalMember("range")?.Text(), facts.Range);
            Equal($"requirement '{text}' is a conflict", vector.Member("conflict").Boolean(), facts.IsConflict);
            Equal($"requirement '{text}' is weak", vector.Member("weak").Boolean(), facts.IsWeak);
        }

        private void CheckRequirementPair(JsonPlace vector)
        {
            string a = vector.Member("a").Text();
            string b = vector.Member("b").Text();
            string pair = $"'{a}' and '{b}'";
            RequirementPairFacts facts = algebra.Requirements(a, b);
            Equal($"conflict of {pair}", vector.Member("conflicts").Boolean(), facts.Conflicts);
            Equal($"{pair} merged", vector.OptionalMember("merged")?.Text(), facts.Merged?.Text);
            Equal($"range of {pair} merged", vector.OptionalMember("merged_range")?.Text(), facts.Merged?.Range);
            Equal(
                $"{pair} merged is a conflict",
                vector.OptionalMember("merged_conflict")?.Boolean(),
                facts.Merged?.IsConflict
            );
            Equal($"equal: {pair}", vector.Member("equal").Boolean(), facts.IsEqual);
        }

        /// <summary>Parses something that rez may reject. If it does, the error is compared.</summary>
        private T? Attempt<T>(string what, JsonPlace vector, Func<T> parse)
            where T : class
        {
            string? refusal = vector.OptionalMember("error") is null ? null : vector.Member("message").Text();
            try
            {
                T facts = parse();
                Equal($"{what} refused", refusal, null);
                return refusal is null ? facts : null;
            }
            catch (FormatException e)
            {
                Equal($"{what} refused", refusal, e.Message);
                return null;
            }
        }

        private void EqualTexts(string what, IReadOnlyList<string>? expected, IReadOnlyList<string>? got) =>
            Equal(
                what,
                expected is null ? null : string.Join(" ", expected),
                got is null ? null : string.Join(" ", got)
            );

        private void Equal<T>(string what, T expected, T got)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, got))
            {
                Differences.Add(new Difference(what, Show(expected), Show(got)));
            }
        }

        private static string Show<T>(T value) =>
            value is null ? "nothing" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }
}

/// <summary>The result of comparing an algebra with rez's vectors.</summary>
/// <param name="Count">The number of vectors compared. A sorted list counts as one.</param>
/// <param name="Differences">The differences: the question, rez's answer, and the algebra's.</param>
public sealed record VectorReport(int Count, IReadOnlyList<Difference> Differences);
