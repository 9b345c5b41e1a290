using System.Security.Cryptography;
using System.Text;

namespace Rer.Insights.Pages;

/// <summary>The script of a page that <c>rer</c> carries along.</summary>
internal static class PageScript
{
    /// <summary>Names the one script that a page may run, of all that anybody may bring into it: for its
    /// <c>Content-Security-Policy</c>.</summary>
    public static string HashOf(string template)
    {
        const string Start = "<script>";
        int start = template.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int end = template.IndexOf("</script>", start, StringComparison.Ordinal);
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(template[start..end])));
    }
}
