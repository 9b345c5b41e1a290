using System.Security.Cryptography;
using System.Text;

namespace Rer.Insights.Pages;

/// <summary>The script in a page template.</summary>
internal static class PageScript
{
    /// <summary>
    /// The hash of the only script that a page may run. In the page's <c>Content-Security-Policy</c>, it keeps any
    /// other script from running.
    /// </summary>
    public static string HashOf(string template)
    {
        const string Start = "<script>";
        int start = template.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int end = template.IndexOf("</script>", start, StringComparison.Ordinal);
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(template[start..end])));
    }
}
