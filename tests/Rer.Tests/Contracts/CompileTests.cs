using Rer.Repositories;
using Rer.Tests.Repositories;

namespace Rer.Tests.Contracts;

/// <summary>A repository compiled at once gives the same answers as one compiled while solves reach it.</summary>
public class CompileTests
{
    /// <remarks>The first unreadable definition used to end the compilation, even if no solve needed it.</remarks>
    [Fact]
    public void Unreadable_packages_fail_only_the_solves_that_need_them()
    {
        using PackageTree tree = new PackageTree()
            .Write("foo/1/package.py", "name = 'foo'\nversion = '1'\nrequires = ['bar-1']\n")
            .Write("foo/2/package.py", "name = 'foo'\nversion = '2'\nrequires = ['bar-2']\n")
            .Write("bar/1/package.py", "name = 'bar'\nversion = '1'\n")
            .Write("bar/2/package.py", "name = 'bar'\nversion = '2'\nrequires = [open('x').read()]\n")
            .Write("wrong/1/package.py", "name = 'wrong'\nversion = '1'\nrequires = ['bar-[']\n");
        var source = new FilesystemRepository([tree.Root]);

        CompiledRepository compiled = CompiledRepository.Compile(source);

        compiled
            .Unreadable.Select(e => e.Message.Replace(tree.Root, "", StringComparison.Ordinal).Split(':')[0])
            .ShouldBe(["/bar/2/package.py"]);
        var resolver = new FastResolver();
        foreach (string request in new[] { "foo-1", "foo-2", "foo", "wrong", "bar-2", "bar" })
        {
            string Answer(IPackageRepository packages) =>
                resolver.Resolve([request], packages, cancellationToken: TestContext.Current.CancellationToken) switch
                {
                    SolvedResult solved => string.Join(' ', solved.Packages),
                    ErrorResult error => error.Message,
                    var other => other.ToString()!,
                };
            Answer(compiled).ShouldBe(Answer(source), request);
        }
    }
}
