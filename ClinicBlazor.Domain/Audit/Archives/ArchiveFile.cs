using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClinicBlazor.Domain.Audit.Archives;

/// <summary>An entry that goes into an archive, with its place in the chain and the patients of its list.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Seal">Its place.</param>
/// <param name="Listed">Who stood in the list that it tells of.</param>
internal sealed record ArchivedEntry(AuditEntry Entry, AuditSeal Seal, IReadOnlyList<Guid> Listed);

/// <summary>What the first line of an archive says.</summary>
/// <param name="Clinic">Name of the clinic.</param>
/// <param name="Number">Number of the archive.</param>
/// <param name="MadeAt">When it was made.</param>
internal sealed record ArchiveHead(string Clinic, long Number, DateTimeOffset MadeAt);

/// <summary>
/// The form of an archive: JSON, one line each: a head, the entries in the order of the chain, and a signature with the
/// public key over every byte before its own line. <c>deploy/verify-audit-archive.sh</c> checks it with OpenSSL alone.
/// </summary>
internal static class ArchiveFile
{
    private const int Form = 1;

    /// <summary>All bytes of an archive.</summary>
    public static byte[] Bytes(ArchiveHead head, IReadOnlyList<ArchivedEntry> entries, ArchiveSigner signer)
    {
        using var buffer = new MemoryStream(entries.Count * 900);
        WriteLine(buffer, writer => WriteHead(writer, head, entries, signer.Fingerprint));
        foreach (var entry in entries)
        {
            WriteLine(buffer, writer => WriteEntry(writer, entry));
        }

        var (key, signature) = signer.Sign(buffer.ToArray());
        var last = $$"""{"signature":"{{Convert.ToBase64String(signature)}}","key":"{{Convert.ToBase64String(key)}}"}""" + "\n";
        buffer.Write(Encoding.ASCII.GetBytes(last));
        return buffer.ToArray();
    }

    /// <summary>
    /// Writes a file that nobody but its owner reads, under another name first. It is on the disk, read back and as it should be
    /// when this returns; throws <see cref="IOException"/> otherwise.
    /// </summary>
    public static void Write(string path, byte[] bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var draft = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);

        // Its name must be on the disk too before the entries go: a flush after the renaming takes it along.
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            file.Flush(flushToDisk: true);
        }

        if (!HashOf(path).AsSpan().SequenceEqual(SHA256.HashData(bytes)))
        {
            throw new IOException("The archive does not read back as it was written.");
        }
    }

    /// <summary>SHA-256 of a file.</summary>
    public static byte[] HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    private static void WriteLine(MemoryStream buffer, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
    }

    private static void WriteHead(Utf8JsonWriter line, ArchiveHead head, IReadOnlyList<ArchivedEntry> entries, string fingerprint)
    {
        line.WriteNumber("form", Form);
        line.WriteString("clinic", head.Clinic);
        line.WriteNumber("archive", head.Number);
        line.WriteNumber("first", entries[0].Seal.Sequence);
        line.WriteNumber("last", entries[^1].Seal.Sequence);
        line.WriteNumber("count", entries.Count);
        line.WriteString("madeAt", head.MadeAt.UtcDateTime);
        line.WriteStartArray("kinds");
        foreach (var kind in entries.Select(entry => AuditKinds.Of(entry.Entry.Act)).Distinct().Order())
        {
            line.WriteStringValue($"{kind}");
        }

        line.WriteEndArray();
        line.WriteString("key", fingerprint);
    }

    private static void WriteEntry(Utf8JsonWriter line, ArchivedEntry archived)
    {
        var (entry, seal, listed) = archived;
        line.WriteNumber("sequence", seal.Sequence);
        line.WriteString("id", entry.Id);
        line.WriteString("at", entry.At.UtcDateTime);
        WriteId(line, "account", entry.AccountId);
        line.WriteString("role", entry.Role);
        WriteId(line, "session", entry.SessionId);
        line.WriteString("act", $"{entry.Act}");
        line.WriteString("outcome", $"{entry.Outcome}");
        line.WriteString("level", $"{entry.Level}");
        WriteId(line, "patient", entry.PatientId);
        WriteId(line, "record", entry.RecordId);
        WriteId(line, "visit", entry.VisitId);
        WriteId(line, "document", entry.DocumentId);
        WriteId(line, "subject", entry.SubjectId);
        line.WriteString("address", entry.Address);
        line.WriteString("userAgent", entry.UserAgent);
        line.WriteString("details", entry.Details);
        line.WriteStartArray("listed");
        foreach (var patient in listed.Order())
        {
            line.WriteStringValue(patient);
        }

        line.WriteEndArray();
        line.WriteNumber("form", entry.Form);
        line.WriteNumber("keyId", entry.KeyId);
        line.WriteString("mac", Convert.ToHexStringLower(entry.Mac));
        line.WriteNumber("sealKeyId", seal.KeyId);
        line.WriteString("seal", Convert.ToHexStringLower(seal.Mac));
    }

    private static void WriteId(Utf8JsonWriter line, string name, Guid? id)
    {
        if (id is { } value)
        {
            line.WriteString(name, value);
        }
        else
        {
            line.WriteNull(name);
        }
    }
}
