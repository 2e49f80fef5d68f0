using System.Text;
using System.Text.Json;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Tests.Audit.Archives;

/// <summary>
/// What is in an archive is all that there was: read back from the file alone, each entry is the one that was signed, in the form in
/// which it was signed, and in its place.
/// </summary>
[Trait("Requirement", "S2-14")]
public sealed class ArchiveFileTests
{
    private static readonly DateTimeOffset At = new(2019, 3, 4, 9, 0, 0, 123, 456, TimeSpan.Zero);

    private static readonly IReadOnlyList<Guid> Listed = [Id(11), Id(12)];

    private readonly AuditMac mac;
    private readonly ArchiveSigner signer;

    public ArchiveFileTests()
    {
        var master = MasterKey.FromBase64(MasterKey.Generate());
        var ring = new KeyRing(TimeProvider.System, new KeySettings(TimeSpan.Zero));
        var wrapped = master.Wrap([.. Enumerable.Range(1, 32).Select(i => (byte)i)], 3, KeyPurpose.Audit);
        ring.Load(master, [new WrappedKey(3, KeyPurpose.Audit, DateTimeOffset.UnixEpoch, wrapped)]);
        (mac, signer) = (new AuditMac(ring), new ArchiveSigner(ring));
    }

    [Theory]
    [Trait("Requirement", "B-12")]
    [InlineData(AuditEntry.FirstForm)]
    [InlineData(AuditEntry.SecondForm)]
    [InlineData(AuditEntry.PresentForm)]
    public void Bytes_OfAnEntryOfEachForm_HoldAllThatItsMacAndItsSealCover(int form)
    {
        var (entry, listed) = EntryOf(form);
        var seal = mac.Seal(null, entry.Id, entry.Mac);

        var line = LineOf(entry, seal, listed);

        var (read, patients) = (Read(line), line.GetProperty("listed").EnumerateArray().Select(id => id.GetGuid()).ToList());
        Assert.Equal(entry with { Mac = [] }, read with { Mac = [] });
        Assert.Equal(listed, patients);
        Assert.True(mac.IsGenuine(read, patients));
        Assert.True(mac.Follows(
            new AuditSeal
            {
                Sequence = line.GetProperty("sequence").GetInt64(), EntryId = read.Id, KeyId = line.GetProperty("sealKeyId").GetInt32(),
                Mac = Convert.FromHexString(line.GetProperty("seal").GetString()!),
            },
            previousMac: null, read.Mac));
    }

    [Fact]
    public void Bytes_OfAnEntryInWhichEachFieldHasAValue_LeaveNoneOut()
    {
        var (entry, listed) = EntryOf(AuditEntry.PresentForm);
        Assert.DoesNotContain(typeof(AuditEntry).GetProperties(), field => field.GetValue(entry) is null);

        var line = LineOf(entry, mac.Seal(null, entry.Id, entry.Mac), listed);

        Assert.DoesNotContain(line.EnumerateObject(), field => field.Value.ValueKind == JsonValueKind.Null);
        Assert.Equal(entry.DocumentId, line.GetProperty("document").GetGuid());

        // The place, the key and the MAC of its seal, and its list, beside its own.
        Assert.Equal(typeof(AuditEntry).GetProperties().Length + 4, line.EnumerateObject().Count());
    }

    private JsonElement LineOf(AuditEntry entry, AuditSeal seal, IReadOnlyList<Guid> listed)
    {
        var bytes = ArchiveFile.Bytes(new ArchiveHead("Linden Clinic", 1, At), [new ArchivedEntry(entry, seal, listed)], signer);
        return JsonDocument.Parse(Encoding.UTF8.GetString(bytes).Split('\n')[1]).RootElement;
    }

    private (AuditEntry Entry, IReadOnlyList<Guid> Listed) EntryOf(int form)
    {
        IReadOnlyList<Guid> listed = form == AuditEntry.FirstForm ? [] : Listed;
        return (mac.Sign(
            new AuditEntry
            {
                Id = Id(1),
                At = At,
                AccountId = Id(2),
                Role = "Doctor, Nurse",
                SessionId = Id(3),
                Act = AuditAct.DocumentRead,
                Outcome = AuditOutcome.Denied,
                Level = AuditLevel.Warning,
                PatientId = Id(4),
                RecordId = Id(5),
                VisitId = Id(6),
                DocumentId = form == AuditEntry.PresentForm ? Id(7) : null,
                SubjectId = Id(8),
                Address = "192.0.2.10",
                UserAgent = "Browser \"✓\"\n",
                Details = form == AuditEntry.FirstForm ? null : "Ssn, Phone",
                Form = form,
            },
            listed), listed);
    }

    private static AuditEntry Read(JsonElement line) => new()
    {
        Id = line.GetProperty("id").GetGuid(),
        At = line.GetProperty("at").GetDateTimeOffset(),
        AccountId = IdOf(line, "account"),
        Role = line.GetProperty("role").GetString()!,
        SessionId = IdOf(line, "session"),
        Act = Enum.Parse<AuditAct>(line.GetProperty("act").GetString()!),
        Outcome = Enum.Parse<AuditOutcome>(line.GetProperty("outcome").GetString()!),
        Level = Enum.Parse<AuditLevel>(line.GetProperty("level").GetString()!),
        PatientId = IdOf(line, "patient"),
        RecordId = IdOf(line, "record"),
        VisitId = IdOf(line, "visit"),
        DocumentId = IdOf(line, "document"),
        SubjectId = IdOf(line, "subject"),
        Address = line.GetProperty("address").GetString()!,
        UserAgent = line.GetProperty("userAgent").GetString()!,
        Details = line.GetProperty("details").GetString(),
        Form = line.GetProperty("form").GetInt32(),
        KeyId = line.GetProperty("keyId").GetInt32(),
        Mac = Convert.FromHexString(line.GetProperty("mac").GetString()!),
    };

    private static Guid? IdOf(JsonElement line, string name) =>
        line.GetProperty(name) is { ValueKind: JsonValueKind.String } id ? id.GetGuid() : null;

    private static Guid Id(int number) => new($"01920000-0000-7000-8000-{number:x12}");
}
