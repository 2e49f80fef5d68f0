using System.IO.Compression;

namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>
/// Goes once through a PDF and all that it packs, in bounded time and memory: names are looked for in every byte, packed streams
/// are unpacked piece by piece and counted, whatever the file's own tables say about where they stand.
/// </summary>
internal sealed class PdfSearch(byte[] content, CancellationToken ct)
{
    /// <summary>How much object streams may unpack to in all, in bytes; a book has a few million.</summary>
    internal const long MostInObjectStreams = 64L * 1024 * 1024;

    /// <summary>How much all streams may unpack to; pages that were scanned without loss have some hundred million bytes.</summary>
    internal const long MostInStreams = 512L * 1024 * 1024;

    /// <summary>How many streams there may be.</summary>
    internal const int MostStreams = 50_000;

    // Object streams are text, which becomes ten times smaller. Short ones may be of blanks alone.
    private const int MostRatio = 100;
    private const int AnyRatio = 1024 * 1024;

    private const int LongestName = 512;

    private readonly byte[] plain = new byte[64 * 1024];
    private long unpacked;
    private long unpackedObjects;
    private int streams;

    /// <summary>What was found.</summary>
    public PdfSigns Run()
    {
        var (found, from, bodyEnd) = (PdfSigns.None, 0, 0);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var at = NextStream(from);
            var until = at < 0 ? content.Length : at;

            // A short name counts where no stream's bytes are; a long one everywhere, so that a stream which only seems to be one
            // hides nothing. What is said of a stream stands before it; what looks like it inside of another stream is ignored.
            var outside = Math.Clamp(bodyEnd, from, until);
            var before = PdfNames.In(content.AsSpan(from..outside)) & (PdfSigns.Active | PdfSigns.Encrypted | PdfSigns.ObjectStream);
            before |= PdfNames.In(content.AsSpan(outside..until));
            found |= Settle(before);
            if (at < 0)
            {
                return found;
            }

            from = at + "stream".Length;
            bodyEnd = from > bodyEnd ? EndOf(from) : bodyEnd;
            if (!found.HasFlag(PdfSigns.Unchecked))
            {
                found |= ++streams > MostStreams ? PdfSigns.Unchecked : Settle(Unpack(from, before));
            }
        }
    }

    // A short name that counts is as good as a long one.
    private static PdfSigns Settle(PdfSigns signs) => (signs.HasFlag(PdfSigns.MaybeActive) ? PdfSigns.Active : PdfSigns.None)
        | (signs & (PdfSigns.Active | PdfSigns.Encrypted | PdfSigns.Unchecked));

    /// <summary>Where the next word "stream" stands by itself; -1 for nowhere.</summary>
    private int NextStream(int from)
    {
        while (true)
        {
            var found = content.AsSpan(from).IndexOf("stream"u8);
            if (found < 0)
            {
                return -1;
            }

            var (at, behind) = (from + found, from + found + "stream".Length);
            if (at > 0 && PdfNames.Ends.Contains(content[at - 1]) && behind < content.Length && PdfNames.Ends.Contains(content[behind]))
            {
                return at;
            }

            from = behind;
        }
    }

    private int EndOf(int body)
    {
        var length = content.AsSpan(body).IndexOf("endstream"u8);
        return length < 0 ? content.Length : body + length;
    }

    private PdfSigns Unpack(int body, PdfSigns before)
    {
        var isObjects = before.HasFlag(PdfSigns.ObjectStream);
        if (before.HasFlag(PdfSigns.PackedTwice)
            || (isObjects && (before & (PdfSigns.Packed | PdfSigns.PackedOtherwise)) != PdfSigns.Packed))
        {
            // A bomb in a bomb; or objects in a form that no program writes, which would hide them.
            return PdfSigns.Unchecked;
        }

        while (body < content.Length && content[body] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t')
        {
            body++;
        }

        return !before.HasFlag(PdfSigns.Packed) ? PdfSigns.None
            : IsZlib(body) ? Read(body, isObjects)
            : isObjects ? PdfSigns.Unchecked : PdfSigns.None;
    }

    // RFC 1950, section 2.2.
    private bool IsZlib(int at) =>
        at + 2 <= content.Length && (content[at] & 0x0F) == 8 && ((content[at] << 8) | content[at + 1]) % 31 == 0;

    private PdfSigns Read(int body, bool isObjects)
    {
        using var packed = new MemoryStream(content, body, content.Length - body, writable: false);
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        var (found, kept, length) = (PdfSigns.None, 0, 0L);
        try
        {
            for (int read; (read = stream.Read(plain, kept, plain.Length - kept)) > 0;)
            {
                ct.ThrowIfCancellationRequested();
                length += read;
                if (IsTooMuch(read, isObjects) || (isObjects && length > AnyRatio && length > packed.Position * MostRatio))
                {
                    return found | PdfSigns.Unchecked;
                }

                (var signs, kept) = Look(kept + read);
                found |= signs;
            }
        }
        catch (InvalidDataException)
        {
            // Programs show what came before the fault; in objects it is none that a program makes.
            found |= isObjects ? PdfSigns.Unchecked : PdfSigns.None;
        }

        found |= PdfNames.In(plain.AsSpan(0, kept));
        var counted = found & (PdfSigns.Active | PdfSigns.Unchecked);
        return isObjects ? counted | (found & PdfSigns.MaybeActive) : counted;
    }

    private bool IsTooMuch(int read, bool isObjects)
    {
        unpacked += read;
        unpackedObjects += isObjects ? read : 0;
        return unpacked > MostInStreams || unpackedObjects > MostInObjectStreams;
    }

    /// <summary>Looks at what was unpacked, and moves a name that goes on in the next piece to the beginning.</summary>
    private (PdfSigns Signs, int Kept) Look(int filled)
    {
        var bytes = plain.AsSpan(0, filled);
        var last = bytes[^Math.Min(filled, LongestName)..].LastIndexOf((byte)'/');
        var begin = last < 0 ? filled : filled - Math.Min(filled, LongestName) + last;
        if (bytes[Math.Min(begin + 1, filled)..].ContainsAny(PdfNames.Ends))
        {
            begin = filled;
        }

        var signs = PdfNames.In(bytes[..begin]);
        bytes[begin..].CopyTo(plain);
        return (signs, filled - begin);
    }
}
