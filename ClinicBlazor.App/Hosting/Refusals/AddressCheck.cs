using System.Text;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>What is wrong with an address, in each of the writings that hide it: plain, encoded, encoded again.</summary>
internal static class AddressCheck
{
    // Servers and libraries behind one another decode once each; deeper nesting means nothing to any of them.
    private const int Rounds = 3;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The first finding; null for an address that is in order.</summary>
    public static SecurityFinding? Find(string target)
    {
        var queryAt = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = queryAt < 0 ? (target, "") : (target[..queryAt], target[(queryAt + 1)..]);
        return Find(path, isPath: true) ?? Find(query, isPath: false);
    }

    /// <summary>True when a text holds a null byte.</summary>
    public static bool HoldsNull(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private static SecurityFinding? Find(string text, bool isPath)
    {
        for (var round = 0; round <= Rounds; round++)
        {
            if (FindPlain(text, isPath) is { } finding)
            {
                return finding;
            }

            if (Decode(text) is not { } decoded)
            {
                return SecurityFinding.MalformedAddress;
            }

            if (decoded == text)
            {
                return null;
            }

            text = decoded;
        }

        return isPath ? SecurityFinding.MalformedAddress : null;
    }

    private static SecurityFinding? FindPlain(string text, bool isPath) =>
        HoldsNull(text) ? SecurityFinding.NullByte
        : text.Split('/', '\\', '=', '&').Any(IsClimb) || (isPath && text.Contains('\\', StringComparison.Ordinal))
            ? SecurityFinding.PathTraversal
        : isPath && text.Any(char.IsControl) ? SecurityFinding.MalformedAddress
        : null;

    // Some servers cut a segment at its semicolon.
    private static bool IsClimb(string segment) => segment == ".." || segment.StartsWith("..;", StringComparison.Ordinal);

    /// <summary>The text with its escapes taken for the bytes that they stand for; null when these are no UTF-8.</summary>
    private static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                var length = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, length));
                i += length - 1;
            }
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
