using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data.Keys;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Documents;

/// <summary>Documents on the disk and in the database: sealed, bound to their patient, and looked at by nobody unseen.</summary>
[Trait("Requirement", "S4-06")]
public abstract class DocumentProtectionTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;
    private TestPerson? doctor;
    private TestPerson? patient;
    private Guid patientId;

    public sealed class OnSqlite() : DocumentProtectionTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : DocumentProtectionTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private DocumentService Documents => Host.Get<DocumentService>();

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(kind);
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patient = await Host.People.AddPatientAsync();
        patientId = patient.PatientId!.Value;
        await Host.People.AssignAsync(doctor, patientId);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task DiskAndDatabase_AfterADocumentCameAndWasMarked_HoldNothingOfIt()
    {
        // The log of SQLite goes with the last connection.
        await using var db = await Host.OpenAsync();
        await db.Database.OpenConnectionAsync();
        var actor = await ActorAsync();
        var added = await TestDocuments.AddAsync(Host, actor, new NewDocument(patientId, "larkspur-results.txt"));
        await Documents.MarkInErrorAsync(actor, added.Value.Id, "of the twin called Solstice", default);

        var bytes = new List<byte>();
        foreach (var file in Directory.GetFiles(Host.Settings.DataDirectory, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            bytes.AddRange(copy.ToArray());
        }

        var intruder = new Intruder(Host);
        foreach (var table in kind == DatabaseKind.Postgres ? await intruder.TablesAsync() : [])
        {
            foreach (var row in await intruder.QueryAsync($"SELECT t::text FROM \"{table}\" AS t"))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes((string)row[0]!));
            }
        }

        var all = bytes.ToArray().AsSpan();
        Assert.True(all.IndexOf(Encoding.UTF8.GetBytes(doctor!.Email)) >= 0, "The search itself finds nothing.");
        foreach (var secret in (string[])["heliotrope", "larkspur", "Solstice"])
        {
            Assert.True(all.IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"Found: {secret}");
            Assert.True(all.IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)))) < 0, secret);
        }
    }

    [Fact]
    public async Task Document_WhoseFileWasChanged_OpensForNobodyAndIsAudited()
    {
        var id = await TestDocuments.AddAsync(Host, doctor!, patientId);
        var path = Host.Get<DocumentVault>().PathOf(new VaultFile(id, patientId));
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        var fault = await Assert.ThrowsAsync<SealBrokenException>(async () => await Documents.OpenAsync(await ActorAsync(), id, default));

        Assert.DoesNotContain("heliotrope", fault.ToString(), StringComparison.Ordinal);
        await AssertBrokenAsync(id, patientId);
    }

    [Fact]
    public async Task Document_WhoseFileIsGone_OpensForNobodyAndIsAudited()
    {
        var id = await TestDocuments.AddAsync(Host, doctor!, patientId);
        Host.Get<DocumentVault>().Delete(id);

        await Assert.ThrowsAsync<SealBrokenException>(async () => await Documents.OpenAsync(await ActorAsync(), id, default));

        await AssertBrokenAsync(id, patientId);
    }

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task Document_GivenToAnotherPatientBySql_OpensForNobody()
    {
        var id = await TestDocuments.AddAsync(Host, doctor!, patientId);
        var other = await Host.People.AddPatientAsync();

        await new Intruder(Host).ForceAsync("UPDATE \"Documents\" SET \"PatientId\" = @p0 WHERE \"Id\" = @p1", other.PatientId!.Value, id);

        var actor = await Host.People.ActorAsync(other);
        await Assert.ThrowsAsync<SealBrokenException>(() => Documents.OpenAsync(actor, id, default));
        await AssertBrokenAsync(id, other.PatientId.Value);
    }

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task Documents_AfterAChangeOfKeys_ReadAsBeforeAndTheirFilesAreUntouched()
    {
        await using var clinic = await DomainHost.StartAsync(
            kind, services => services.Configure<ClinicSettings>(settings => settings.Keys.GraceSeconds = 0));
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var chart = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(nurse, chart);
        var id = await TestDocuments.AddAsync(clinic, nurse, chart);
        var actor = await clinic.People.ActorAsync(nurse);
        await clinic.Get<DocumentService>().MarkInErrorAsync(actor, id, "Of the other twin.", default);
        var path = clinic.Get<DocumentVault>().PathOf(new VaultFile(id, chart));
        var (before, sealedBefore) = (await File.ReadAllBytesAsync(path), await SealedAsync());
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));

        var outcome = await clinic.Get<KeyRotator>().RunAsync(null, default);

        Assert.Equal(0, outcome.Unreadable);
        Assert.True(outcome.Retired > 0);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
        Assert.All(sealedBefore.Zip(await SealedAsync()), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(TestDocuments.Words, Encoding.UTF8.GetString(await TestDocuments.ReadAsync(clinic, actor, id)));
        var row = (await clinic.Get<DocumentService>().ListAsync(actor, chart, null, withErrors: true, default)).Value.Items.Single();
        Assert.Equal(("Letter.txt", "Of the other twin."), (row.FileName, row.EnteredInError?.Reason));

        async Task<IReadOnlyList<byte[]>> SealedAsync() =>
            [.. (await new Intruder(clinic).QueryAsync("SELECT \"FileName\", \"Key\", \"ErrorReason\" FROM \"Documents\"")).Single()
                .Select(value => (byte[])value!)];
    }

    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task Looks_AtDocuments_StandInThePatientsHistoryWithTheDocument()
    {
        var recordId = await Host.People.AddRecordAsync(patientId, patient!);
        var id = await TestDocuments.AddAsync(Host, doctor!, patientId, recordId);
        var (actor, added) = (await ActorAsync(), Host.Clock.Now());
        Host.Clock.Advance(TestDocuments.Moment);
        await Documents.ListOfRecordAsync(actor, recordId, default);
        Host.Clock.Advance(TestDocuments.Moment);
        await TestDocuments.ReadAsync(Host, actor, id);
        var hidden = await TestDocuments.AddAsync(Host, doctor!, patientId);
        var hiddenAdded = Host.Clock.Now();
        Host.Clock.Advance(TestDocuments.Moment);
        await Documents.MarkInErrorAsync(actor, hidden, "Of the other twin.", default);

        var self = await Host.People.ActorAsync(patient!);
        var looks = (await Host.Get<AuditService>().OwnAccessHistoryAsync(self, default)).Value.Looks;

        Assert.Equal(
            [
                AuditAct.DocumentMarkedInError, AuditAct.DocumentAdded, AuditAct.DocumentRead, AuditAct.DocumentsListed,
                AuditAct.DocumentAdded,
            ],
            looks.Select(look => look.Act));
        Assert.All(looks, look => Assert.Equal(actor.DisplayName, look.Who));
        Assert.Equal(new LookedAtDocument(id, "Letter.txt", added, IsHidden: false), looks[2].Document);
        Assert.Equal(recordId, looks[2].Record?.Id);
        Assert.Null(looks[3].Document);
        Assert.Equal(new LookedAtDocument(hidden, "", hiddenAdded, IsHidden: true), looks[0].Document);

        var administrator = await Host.People.ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));
        var rows = (await Host.Get<AuditService>().ListAsync(administrator, new AuditQuery(Act: AuditAct.DocumentRead), default)).Value;
        Assert.Equal(id, rows.Items.Single().DocumentId);
    }

    private Task<Actor> ActorAsync() => Host.People.ActorAsync(doctor!);

    private async Task AssertBrokenAsync(Guid id, Guid whose)
    {
        await using var db = await Host.OpenAsync();
        var entry = await db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.SealBroken);
        Assert.Equal((AuditOutcome.Failed, AuditLevel.Error, (Guid?)id, (Guid?)whose),
            (entry.Outcome, entry.Level, entry.DocumentId, entry.PatientId));
    }
}
