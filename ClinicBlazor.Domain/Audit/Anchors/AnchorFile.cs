using System.Text;
using ClinicBlazor.Domain.Protection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Audit.Anchors;

/// <summary>The anchors as they lie in a file.</summary>
/// <param name="Anchors">Those that are genuine, in the order of the file.</param>
/// <param name="Forged">Lines that have the form of an anchor and are none of ours.</param>
/// <param name="Torn">How many lines were not written to their end, which a loss of power explains.</param>
/// <param name="IsReadable">False where something lies there that does not let itself be read.</param>
internal sealed record AnchorLines(IReadOnlyList<AuditAnchor> Anchors, IReadOnlyList<long> Forged, int Torn, bool IsReadable = true)
{
    /// <summary>Of a file that does not let itself be read.</summary>
    public static AnchorLines Unreadable { get; } = new([], [], Torn: 0, IsReadable: false);
}

/// <summary>
/// The file that anchors are appended to. Each is on the disk when <see cref="Append"/> returns, and one writer at a time
/// holds the file, also where several instances share it.
/// </summary>
internal sealed class AnchorFile(IOptions<ClinicSettings> settings, KeyRing keys)
{
    private const int Tries = 100;

    // Two dozen lines: nearly always the last of them is what is looked for.
    private const int Tail = 4096;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private Known? known;

    /// <summary>Where it lies.</summary>
    public string Path => settings.Value.AnchorFile;

    /// <summary>True when something lies there, whatever it is.</summary>
    public bool Exists => File.Exists(Path) || Directory.Exists(Path);

    /// <summary>What the file holds; null when there is none.</summary>
    public AnchorLines? Read() => Read(Path);

    /// <summary>
    /// As <see cref="Read()"/>, from memory while the file is as long and as old as it was: it grows for years, and pages ask
    /// for it each time they open. What is in memory was genuine when it was read, and the next anchor has it read anew.
    /// </summary>
    public AnchorLines? ReadKnown()
    {
        var file = new FileInfo(Path);
        if (file.Exists && known is { } found && (found.Length, found.ChangedAt) == (file.Length, file.LastWriteTimeUtc))
        {
            return found.Lines;
        }

        var lines = Read();
        known = file.Exists && lines is { IsReadable: true } ? new Known(file.Length, file.LastWriteTimeUtc, lines) : null;
        return lines;
    }

    /// <summary>What another file holds: anchors that were kept elsewhere. Lines that are no anchors, as in a mail, do not count.</summary>
    public AnchorLines? Read(string path)
    {
        try
        {
            using var file = Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Read(file);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Of another user, a folder, a broken disk, held by somebody for good: whatever it is, nothing vouches for the trail.
            return AnchorLines.Unreadable;
        }
    }

    /// <summary>Appends the next anchor, behind a line that was not written to its end too.</summary>
    public AuditAnchor Append(AnchorReason reason, long sequence, string head, DateTimeOffset at)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var file = Open(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var anchor = new AuditAnchor((Last(file)?.Number ?? 0) + 1, reason, sequence, head, at);
        var isWhole = IsWhole(file);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.ASCII.GetBytes($"{(isWhole ? "" : "\n")}{anchor.Line(keys.AnchorKey)}\n"));
        file.Flush(flushToDisk: true);
        return anchor;
    }

    /// <summary>Lays the file aside under a name with its day and time; nothing happens when there is none.</summary>
    public void PutAside(DateTimeOffset now)
    {
        if (File.Exists(Path))
        {
            File.Move(Path, $"{Path}.{now.UtcDateTime:yyyyMMdd-HHmmss-ffffff}");
        }
    }

    /// <summary>
    /// The last genuine anchor, looked for from the end: farther back only where the last lines hold none. A line whose
    /// beginning is cut off by where the look begins is not taken for one: its signature is over the whole of it.
    /// </summary>
    private AuditAnchor? Last(FileStream file)
    {
        for (long length = Tail; ; length *= 2)
        {
            var start = Math.Max(0, file.Length - length);
            file.Seek(start, SeekOrigin.Begin);
            if (Read(file).Anchors is [.., var last])
            {
                return last;
            }

            if (start == 0)
            {
                return null;
            }
        }
    }

    private static bool IsWhole(FileStream file)
    {
        if (file.Length == 0)
        {
            return true;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    /// <summary>Reads from where the file stands to its end.</summary>
    private AnchorLines Read(FileStream file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var (anchors, forged, torn) = (new List<AuditAnchor>(), new List<long>(), 0);
        var lines = reader.ReadToEnd().Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (AuditAnchor.Read(line, keys.AnchorKey, out var complete) is { } anchor)
            {
                anchors.Add(anchor);
            }
            else if (complete)
            {
                forged.Add(i + 1);
            }
            else if (line.Length > 0)
            {
                torn++;
            }
        }

        return new AnchorLines(anchors, forged, torn);
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (attempt < Tries && File.Exists(path))
            {
                // Another instance is writing.
                Thread.Sleep(Pause);
            }
        }
    }

    private sealed record Known(long Length, DateTime ChangedAt, AnchorLines Lines);
}
