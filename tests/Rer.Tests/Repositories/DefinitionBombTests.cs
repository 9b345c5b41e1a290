using System.Diagnostics;
using System.Text;
using Rer.Repositories;

namespace Rer.Tests.Repositories;

/// <summary>Definitions that are small to write but used to be large, or slow, to read.</summary>
public sealed class DefinitionBombTests
{
    [Theory]
    [InlineData("x = 'a'", "x += x")]
    [InlineData("x = ['a']", "x += x")]
    [InlineData("x = ['a']", "x = x + x")]
    [InlineData("x = ['a']", "x = [*x, *x]")]
    [InlineData("x = ['a']", "x.extend(x)")]
    [InlineData("x = 'a'", "x = f'{x}{x}'")]
    [InlineData("x = 'a'", "x = '%s%s' % (x, x)")]
    [InlineData("x = 'a'", "x = '{0}{0}'.format(x)")]
    [InlineData("x = 'a'", "x = x.join([x, x, x])")]
    [InlineData("x = 'a'", "x = x.replace('a', 'aa')")]
    [InlineData("x = 'a'", "x = x * 9")]
    [InlineData("x = ['a']", "x *= 9")]
    [InlineData("x = ['a', 'b']", "x = [z for y in x for z in x]")]
    [InlineData("x = 3", "x = x * x")]
    public void Values_that_double_are_one_error(string first, string line)
    {
        string source = first + string.Concat(Enumerable.Repeat("\n" + line, 60)) + "\nrequires = ['a']";
        PackageDataException error = Should.Throw<PackageDataException>(() => Read(source, seconds: 20));
        error.NeedsPython.ShouldBeTrue();
        error.Message.Length.ShouldBeLessThan(200);
    }

    [Theory]
    [InlineData("def f{0}(): return f{0}\nm.call(f{0})\n", 5_000)]
    [InlineData("def f{0}(): requires.append(f{0})\nm.call(f{0})\ny{0} = ['a']\n", 5_000)]
    [InlineData("x = [x]\n", 100_000)]
    [InlineData("x += [x]\n", 20_000)]
    [InlineData("x = x + ['a']\n", 5_000)]
    [InlineData("m.x(x)\n", 50_000)]
    [InlineData("globals()\ny{0} = 1\n", 20_000)]
    [InlineData("y{0} = m.globals\n", 50_000)]
    public void Time_grows_with_the_length(string line, int lines)
    {
        StringBuilder source = new("import m\nx = []\nrequires = []\n");
        for (int i = 0; i < lines; i++)
        {
            source.Append(line.Replace("{0}", $"{i}", StringComparison.Ordinal));
        }

        try
        {
            Read(source.ToString(), seconds: 20);
        }
        catch (PackageDataException e) when (e.NeedsPython) { }
    }

    [Fact]
    public void Many_decorators_are_read_in_time()
    {
        string source = "import m\n" + string.Concat(Enumerable.Repeat("@m.x\n", 100_000)) + "def f(): pass\n";
        Read(source + "requires = ['a']", seconds: 20);
        string own = string.Concat(Enumerable.Repeat("@include('x')\n", 100_000)) + "def f(): pass\n";
        Read(own + "requires = ['a']", seconds: 20);
    }

    [Fact]
    public void Long_numbers_are_read_in_time()
    {
        Read("x = 0x" + new string('f', 1_000_000) + "\nrequires = ['a']", seconds: 20);
        Should
            .Throw<PackageDataException>(() => Read("x = " + new string('9', 5_000), seconds: 20))
            .Message.ShouldContain("more than 4300 digits");
    }

    private static void Read(string source, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            PackageFile.ParsePython("package.py", Encoding.UTF8.GetBytes(source));
        }
        finally
        {
            Stopwatch.GetElapsedTime(start).TotalSeconds.ShouldBeLessThan(seconds);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1L << 30);
        }
    }
}
