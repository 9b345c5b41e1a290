using System.Text;
using System.Text.RegularExpressions;
using Rer.Repositories.Disk;

namespace Rer.Tests.Repositories.Disk;

/// <summary>The expected values are those of Python's <c>os.fsdecode</c>.</summary>
public sealed class ByteTextTests
{
    [Theory]
    [InlineData("6D617961", "maya")]
    [InlineData("C3BC", "ü")]
    [InlineData("F09F9088", "\U0001F408")]
    [InlineData("31FF", "1\\uDCFF")]
    [InlineData("E282", "\\uDCE2\\uDC82")] // truncated
    [InlineData("EDA080", "\\uDCED\\uDCA0\\uDC80")] // a surrogate, which UTF-8 does not have
    [InlineData("C0AF61", "\\uDCC0\\uDCAFa")] // longer than necessary
    [InlineData("", "")]
    public void Every_name_of_a_file_is_a_text(string bytes, string escapedText)
    {
        string text = Regex.Unescape(escapedText); // lone surrogates cannot be passed as arguments
        ByteText.Decode(Convert.FromHexString(bytes)).ShouldBe(text);
        byte[] encoded = new byte[(3 * text.Length) + 1];
        Convert.ToHexString(encoded.AsSpan(0, ByteText.Encode(text, encoded))).ShouldBe(bytes);
    }

    [Fact]
    public void Any_bytes_survive_a_round_trip()
    {
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            string text = ByteText.Decode(bytes);
            byte[] encoded = new byte[3 * text.Length];
            encoded.AsSpan(0, ByteText.Encode(text, encoded)).ToArray().ShouldBe(bytes);
        }
    }

    [Fact]
    public void Ordinary_text_is_UTF_8()
    {
        const string Text = "häuser/\U0001F408\uDC08"; // a lone surrogate that stands for no byte
        byte[] encoded = new byte[3 * Text.Length];
        encoded.AsSpan(0, ByteText.Encode(Text, encoded)).ToArray().ShouldBe(Encoding.UTF8.GetBytes(Text));
    }
}
