using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Audit.Anchors;

/// <summary>Why an anchor was made.</summary>
public enum AnchorReason
{
    /// <summary>The first of a file: of a new clinic, or of one whose anchors were begun anew on purpose.</summary>
    Begin,

    /// <summary>The application started.</summary>
    Start,

    /// <summary>Its time had come.</summary>
    Hour,

    /// <summary>The application stops.</summary>
    Stop,
}

/// <summary>
/// A signed checkpoint of the audit trail that lies outside the database: how far the chain went at a moment, and its last
/// link. Who empties the database, cuts its end off or puts an older copy back cannot change what stands here.
/// </summary>
/// <param name="Number">1, 2, 3 … in its file, without a gap.</param>
/// <param name="Reason">Why it was made.</param>
/// <param name="Sequence">Place of the last entry in the chain; 0 for an empty one.</param>
/// <param name="Head">MAC of that entry's seal, in hexadecimal; <c>-</c> for an empty chain.</param>
/// <param name="At">When, UTC.</param>
public sealed partial record AuditAnchor(long Number, AnchorReason Reason, long Sequence, string Head, DateTimeOffset At)
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>What stands for the head of an empty chain.</summary>
    internal const string Nothing = "-";

    /// <summary>The line that is kept and sent: readable, and signed with HMAC-SHA-256.</summary>
    internal string Line(byte[] key) => $"{Text()} {MacOf(Text(), key)}";

    /// <summary>
    /// Reads a line. Null with <paramref name="complete"/> false for one that was not written to its end, or is none; null
    /// with it true for one that has the form of an anchor and was not signed with this key.
    /// </summary>
    internal static AuditAnchor? Read(string line, byte[] key, out bool complete)
    {
        var parts = Form().Match(line);
        complete = parts.Success;
        return complete && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(parts.Groups["mac"].Value), Encoding.ASCII.GetBytes(MacOf(parts.Groups["text"].Value, key)))
            ? new AuditAnchor(
                Digits(parts.Groups["number"]), Enum.Parse<AnchorReason>(parts.Groups["reason"].Value), Digits(parts.Groups["sequence"]),
                    parts.Groups["head"].Value,
                DateTimeOffset.ParseExact(parts.Groups["at"].Value, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
            : null;
    }

    private string Text() => string.Create(CultureInfo.InvariantCulture,
        $"audit-anchor 1 {Number} {Reason} {Sequence} {Head} {At.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}");

    private static string MacOf(string text, byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static long Digits(Group digits) => long.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<text>audit-anchor 1 (?<number>[0-9]{1,18}) (?<reason>Begin|Start|Hour|Stop) (?<sequence>[0-9]{1,18}) (?<head>[0-9a-f]{64}|-) (?<at>[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z)) (?<mac>[0-9a-f]{64})$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
