using System.Text;

namespace Rer.Cli.Input;

/// <summary>
/// Splits a command line, up to the cursor, into words as shells do: blanks separate, and backslashes and both kinds of
/// quotes keep text together. What a shell would expand (variables, <c>~</c>) is left unchanged.
/// </summary>
internal static class ShellWords
{
    /// <summary>The words. The last one is at the cursor, and is empty after a blank.</summary>
    public static List<string> Split(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        bool isInside = false;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0' && c == quote)
            {
                quote = '\0';
            }
            else if (c == '\\' && quote != '\'')
            {
                isInside = true;
                // After a lone backslash at the cursor, nothing has been typed yet.
                if (i + 1 < line.Length)
                {
                    word.Append(line[++i]);
                }
            }
            else if (quote == '\0' && (c is '\'' or '"'))
            {
                quote = c;
                isInside = true;
            }
            else if (quote == '\0' && (c is ' ' or '\t' or '\n'))
            {
                if (isInside)
                {
                    words.Add(word.ToString());
                }
                word.Clear();
                isInside = false;
            }
            else
            {
                word.Append(c);
                isInside = true;
            }
        }
        words.Add(word.ToString());
        return words;
    }
}
