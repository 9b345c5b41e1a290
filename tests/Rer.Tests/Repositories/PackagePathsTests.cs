using Rer.Repositories;

namespace Rer.Tests.Repositories;

/// <summary>The paths in which rez would search for packages.</summary>
public sealed class PackagePathsTests
{
    private static IReadOnlyList<string> From(params (string Name, string Value)[] variables) =>
        PackagePaths.FromEnvironment(name =>
            variables.Append((Name: "HOME", Value: "/home/me")).FirstOrDefault(v => v.Name == name).Value
        );

    private static string List(params string[] paths) => string.Join(Path.PathSeparator, paths);

    [Fact]
    public void Without_variables_they_are_those_of_rez() =>
        From().ShouldBe(["/home/me/packages", "/home/me/.rez/packages/int", "/home/me/.rez/packages/ext"]);

    [Fact]
    public void Home_and_variables_are_expanded_and_empty_parts_left_out() =>
        From(
                (PackagePaths.Variable, List("~", "~/a", "", "$SITE/b", "${SITE}x/$UNKNOWN/~", "~you/c")),
                ("SITE", "/site")
            )
            .ShouldBe(["/home/me", "/home/me/a", "/site/b", "/sitex/$UNKNOWN/~", "~you/c"]);

    [Fact]
    public void An_empty_variable_means_no_paths() => From((PackagePaths.Variable, "")).ShouldBeEmpty();

    [Fact]
    public void JSON_is_read_if_the_plain_variable_is_not_set()
    {
        From((PackagePaths.JsonVariable, """["~/a", "/b"]""")).ShouldBe(["/home/me/a", "/b"]);
        From((PackagePaths.JsonVariable, """["/b"]"""), (PackagePaths.Variable, "/a")).ShouldBe(["/a"]);
        foreach (string wrong in new[] { "[", "{}", "[1]" })
        {
            Should
                .Throw<PackageDataException>(() => From((PackagePaths.JsonVariable, wrong)))
                .Message.ShouldStartWith("REZ_PACKAGES_PATH_JSON must be a JSON list of strings: ");
        }
    }

    [Fact]
    public void What_only_rez_can_expand_is_refused() =>
        Should
            .Throw<PackageDataException>(() => From((PackagePaths.Variable, "/p/{system.platform}")))
            .Message.ShouldBe("REZ_PACKAGES_PATH: '/p/{system.platform}' uses rez's system object; write the path out");

    [Fact]
    public void An_option_leaves_variables_to_the_shell() =>
        PackagePaths.Parse(List("/a", "", "$SITE/b")).ShouldBe(["/a", "$SITE/b"]);
}
