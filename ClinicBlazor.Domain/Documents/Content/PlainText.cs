using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>Plain text: UTF-8, or UTF-16 that says so, and nothing that a program would take for something else.</summary>
internal static partial class PlainText
{
    private const int Beginning = 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    // All of Unicode's but tab, line ends and form feed.
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(IsForbidden)]);

    private static readonly SearchValues<byte> ControlBytes =
        SearchValues.Create([.. Enumerable.Range(0, 0x80).Where(code => IsForbidden((char)code)).Select(code => (byte)code)]);

    /// <summary>The text; null when it is none.</summary>
    public static string? Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var text = Decode(content);
            return text.AsSpan().ContainsAny(Controls) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>True for what may be text in an encoding of its own, as older programs save it.</summary>
    public static bool MayBeOfAnotherEncoding(ReadOnlySpan<byte> content) =>
        !content.ContainsAny(ControlBytes) && !System.Text.Unicode.Utf8.IsValid(content);

    /// <summary>What is kept of a text, which is one: null when it is in UTF-8 already, or what is wrong with it.</summary>
    public static Result<InspectedContent> Inspect(ReadOnlySpan<byte> content)
    {
        var text = Read(content)!;
        if (Opening().IsMatch(text) || text.AsSpan(0, Math.Min(text.Length, Beginning)).Contains("%PDF-", StringComparison.Ordinal))
        {
            return Error.Invalid(DocumentIntake.Field, DocumentMessages.TextMarkup);
        }

        ReadOnlyMemory<byte>? anew = null;
        if (IsUtf16(content))
        {
            anew = Utf8.GetBytes(text);
        }

        return new InspectedContent(DocumentFormat.PlainText, "txt", anew, null);
    }

    private static string Decode(ReadOnlySpan<byte> content) => content switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Utf8.GetString(content[3..]),
        [0xFF, 0xFE, ..] => Utf16.GetString(content[2..]),
        [0xFE, 0xFF, ..] => Utf16BigEndian.GetString(content[2..]),
        _ => Utf8.GetString(content),
    };

    private static bool IsUtf16(ReadOnlySpan<byte> content) => content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    private static bool IsForbidden(char sign) => char.IsControl(sign) && sign is not ('\t' or '\n' or '\f' or '\r');

    // What browsers and viewers go by is the first thing that stands there: a tag, a declaration, a comment or an instruction of
    // HTML, XML and PHP, a script's first line, PostScript, RTF, and a GIF that is a script as well. A value such as "<5" is none.
    [GeneratedRegex(@"^[\s\uFEFF\u200B]*(<[A-Za-z/!?]|#!|%!|\{\\rtf|GIF8[79]a)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Opening();
}
