using System.Text;
using Rer.Repositories.Python;

namespace Rer.Tests.Repositories;

/// <summary>Fields read directly from the text have the same values as through tokens and expressions.</summary>
public class PlainAssignmentsTests
{
    private static readonly string[] s_names = ["name", "requires", "variants", "timestamp", "x", "True", "commands"];

    // The pieces that statements are made of. Rare ones occur as often as common ones.
    private static readonly string[] s_pieces =
    [
        "name = 'a'\n",
        "requires = ['a-1', \"b\", ]\n",
        "variants = [['a'], ['b-1', 'c<2'],\n  [],\n] # why\n",
        "timestamp = 1600129484\n",
        "x = '''one\n two''' \n",
        "x = \\\n    \"\"\"long\"\"\"\n",
        "x = True\n",
        "x = None # nothing\n",
        "x = ''\n",
        "x = []\n",
        "x = [[[[['deep']]]]]\n",
        "x = 012\n",
        "x = 1234567890123456789012\n",
        "x = 1_000\n",
        "x = 1.5\n",
        "x = -1\n",
        "x = 'a' 'b'\n",
        "x = 'a\\n'\n",
        "x = r'a'\n",
        "x = ('a', 'b')\n",
        "x = ['a', 1, True]\n",
        "x = name\n",
        "x == 'a'\n",
        "x = y = 'a'\n",
        "x = 'a'; name = 'b'\n",
        "x: str = 'a'\n",
        "x += ['a']\n",
        "True = 'a'\n",
        "requires.append('z')\n",
        "# a comment\n",
        "  # an indented one\n",
        "\n",
        "\t \n",
        " name = 'indented'\n",
        "def commands():\n    env.A = 'x'\n    name = 'inner'\n",
        "@early()\ndef requires():\n    return [name]\n",
        "if True:\n    requires = ['c']\n",
        "with scope('config') as c:\n    c.x = 'a'\n",
        "from x import *\n",
        "variants = [['é', '\u00fc'], ['日本']]\n",
        "x = 'unclosed\n",
        "x = ['unclosed'\n",
        "x = '''unclosed\n",
        "x = ]\n",
        "x =\n",
        "x = 'a' if x else 'b'\n",
        "x = ['a'] * 2\n",
        "x = ['a'][0]\n",
        "x = 'a'.upper()\n",
        "x = 'a', \n",
        "x = ['a',, 'b']\n",
        "x = [, 'b']\n",
        "x = [*requires]\n",
        "x = [n for n in requires]\n",
        "x = 'no end of line'",
        "x\f= 'form feed'\n",
        "\fx = 'form feed'\n",
        "x = 0\n",
        "x = 00\n",
        "x = 5in [5]\n",
        "x = 'é' \\\n\n",
    ];

    [Fact]
    public void Every_piece_by_itself_and_before_and_after_another()
    {
        foreach (string piece in s_pieces)
        {
            Compare(piece);
            Compare(piece + "name = 'after'\nx");
            Compare("name = 'before'\n" + piece + piece);
        }
    }

    [Fact]
    public void Any_pieces_with_any_faults()
    {
        const int Seed = 20261123;
        Random random = new(Seed);
        for (int i = 0; i < 20_000; i++)
        {
            StringBuilder text = new();
            for (int left = random.Next(1, 7); left > 0; left--)
            {
                // The plain ones come first in the table, because a module that starts with another one is not read
                // here at all.
                text.Append(s_pieces[random.Next(random.Next(2) == 0 ? 11 : s_pieces.Length)]);
            }

            for (int faults = random.Next(3); faults > 0 && text.Length > 0; faults--)
            {
                int at = random.Next(text.Length);
                if (random.Next(2) == 0)
                {
                    text.Remove(at, 1);
                }
                else
                {
                    text.Insert(at, "'\"[],=#\\ \n\tx1T:;"[random.Next(16)]);
                }
            }

            Compare(text.ToString());
        }
    }

    [Theory]
    [InlineData("name = 'a'\n\n# why\nrequires = [\n  'b',  # because\n]\n", "name=1 requires=4", true)]
    [InlineData("name = 'a'\nx = f()\ntimestamp = 1\n", "name=1", false)]
    public void Reads_as_far_as_it_is_plain(string text, string expected, bool whole)
    {
        PlainAssignments plain = new(text);
        List<string> read = [];
        while (plain.TryRead(out string name, out PythonValue _, out int line))
        {
            read.Add($"{name}={line}");
        }

        string.Join(' ', read).ShouldBe(expected);
        (plain.At == text.Length).ShouldBe(whole);
    }

    private static void Compare(string text) => Outcome(text, true).ShouldBe(Outcome(text, false), text);

    private static string Outcome(string text, bool plainFirst)
    {
        try
        {
            PythonInterpreter module = PythonInterpreter.Run(new PythonSource("package.py", text), plainFirst);
            return string.Join('\n', s_names.Select(name => $"{name}: {Show(module.Find(name))}"))
                + $"\nmay fail: {module.MayFail}";
        }
        catch (PackageDataException e)
        {
            return e.Message;
        }
    }

    private static string Show(DefinitionField? field) => field is { } found ? $"{found.Line} {Show(found.Value)}" : "";

    private static string Show(PythonValue value) =>
        value switch
        {
            PythonContainer container =>
                $"{container.TypeName}({container.Changed} {string.Join(", ", container.Contents.Select(Show))})",
            // Not by its tokens, because those of plain assignments are not created.
            PythonFunction function => $"{function.Binding} {function.TypeName} of line {function.Line}",
            _ => value.ToString(),
        };
}
