using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents;

/// <summary>Documents as those who may see them see them, and what is done with them.</summary>
[Trait("Requirement", "S4-06")]
public abstract class DocumentServiceTests(ClinicFixture clinic) : IAsyncLifetime
{
    private TestPerson? patient;
    private TestPerson? doctor;
    private Guid recordId;
    private Guid visitId;

    public sealed class OnSqlite(SqliteClinic clinic) : DocumentServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : DocumentServiceTests(clinic), IClassFixture<PostgresClinic>;

    private DocumentService Documents => clinic.Host.Get<DocumentService>();

    private TestPerson Patient => patient!;

    private TestPerson Doctor => doctor!;

    private Guid PatientId => Patient.PatientId!.Value;

    public async Task InitializeAsync()
    {
        patient = await clinic.People.AddPatientAsync();
        doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(Doctor, PatientId);
        recordId = await clinic.People.AddRecordAsync(PatientId, Patient);
        visitId = await clinic.People.AddVisitAsync(PatientId);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Document_AddedToARecordAndAVisit_IsListedThereAndInTheChart()
    {
        var ofRecord = await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId, recordId);
        var ofVisit = await TestDocuments.AddAsync(clinic.Host, Patient, PatientId, visitId: visitId);
        var ofChart = await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId);
        var actor = await clinic.People.ActorAsync(Doctor);

        Assert.Equal([ofRecord], Ids(await Documents.ListOfRecordAsync(actor, recordId, default)));
        Assert.Equal([ofVisit], Ids(await Documents.ListOfVisitAsync(actor, visitId, default)));
        var chart = (await Documents.ListAsync(actor, PatientId, null, withErrors: false, default)).Value;
        Assert.Equal([ofChart, ofVisit, ofRecord], chart.Items.Select(row => row.Id));
        Assert.Null(chart.Next);
        var row = chart.Items[2];
        Assert.Equal(("Letter.txt", DocumentFormat.PlainText, (long)TestDocuments.Words.Length, false, (Guid?)recordId, true),
            (row.FileName, row.Format, row.Bytes, row.ByPatient, row.RecordId, row.MayMarkInError));
        Assert.Equal(actor.DisplayName, row.AddedBy);
        Assert.True(chart.Items[1].ByPatient);
        Assert.Equal(TestDocuments.Words, Encoding.UTF8.GetString(await TestDocuments.ReadAsync(clinic.Host, actor, ofVisit)));
    }

    [Fact]
    public async Task ListAsync_OfMoreThanAPage_GoesOnWhereItEnded()
    {
        var added = new List<Guid>();
        for (var i = 0; i < 27; i++)
        {
            added.Insert(0, await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId));
        }

        var actor = await clinic.People.ActorAsync(Doctor);
        var first = (await Documents.ListAsync(actor, PatientId, null, withErrors: false, default)).Value;
        var second = (await Documents.ListAsync(actor, PatientId, first.Next, withErrors: false, default)).Value;

        Assert.Equal(25, first.Items.Count);
        Assert.Equal(added, first.Items.Concat(second.Items).Select(row => row.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task AddAsync_ToWhatIsAnotherPatients_IsLikeToWhatIsNotThere()
    {
        var other = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(Doctor, other);
        var (record, visit) = (await clinic.People.AddRecordAsync(other, Doctor), await clinic.People.AddVisitAsync(other));
        var actor = await clinic.People.ActorAsync(Doctor);
        var before = TestDocuments.Files(clinic.Host);

        foreach (var what in (NewDocument[])
        [
            new(PatientId, "a.txt", record), new(PatientId, "a.txt", VisitId: visit), new(PatientId, "a.txt", recordId, visit),
            new(other, "a.txt", recordId), new(PatientId, "a.txt", Guid.CreateVersion7()), new(Guid.CreateVersion7(), "a.txt"),
        ])
        {
            Assert.Equal(ErrorKind.NotFound, (await TestDocuments.AddAsync(clinic.Host, actor, what)).Error?.Kind);
        }

        Assert.Equal(before, TestDocuments.Files(clinic.Host));
    }

    [Fact]
    public async Task AddAsync_ToARecordThatWasEnteredInError_IsRefused()
    {
        await MarkRecordAsync();

        var refused = await TestDocuments.AddAsync(clinic.Host, await clinic.People.ActorAsync(Doctor),
            new NewDocument(PatientId, "a.txt", recordId));

        Assert.Equal("This record or visit was marked as entered in error, and takes no further documents.",
            TestDocuments.MessageOf(refused));
    }

    [Fact]
    public async Task MarkInErrorAsync_HidesADocumentWithItsReason_AndStaffFindItAgain()
    {
        var (wrong, right) = (await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId, recordId),
            await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId, recordId));
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await clinic.People.AssignAsync(nurse, PatientId);
        var (actor, reader, self) = (await clinic.People.ActorAsync(nurse), await clinic.People.ActorAsync(Doctor),
            await clinic.People.ActorAsync(Patient));

        Assert.True((await Documents.MarkInErrorAsync(actor, wrong, "  Of the other twin. ", default)).IsSuccess);

        Assert.Equal([right], Ids(await Documents.ListOfRecordAsync(reader, recordId, default)));
        Assert.Equal([right], (await Documents.ListAsync(reader, PatientId, null, false, default)).Value.Items.Select(row => row.Id));
        var found = (await Documents.ListAsync(reader, PatientId, null, withErrors: true, default)).Value.Items;
        Assert.Equal([right, wrong], found.Select(row => row.Id));
        Assert.Equal((new DocumentError(clinic.Host.Clock.Now(), actor.DisplayName, "Of the other twin."), false),
            (found[1].EnteredInError, found[1].MayMarkInError));
        Assert.Null(found[0].EnteredInError);
        Assert.NotEmpty(await TestDocuments.ReadAsync(clinic.Host, reader, wrong));

        // Its patient does not see it any more, by whatever way.
        Assert.Equal([right], Ids(await Documents.ListOfRecordAsync(self, recordId, default)));
        Assert.Equal(ErrorKind.NotFound, (await Documents.OpenAsync(self, wrong, default)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await Documents.ListAsync(self, PatientId, null, withErrors: true, default)).Error?.Kind);
        Assert.Equal(ErrorKind.Conflict, (await Documents.MarkInErrorAsync(actor, wrong, "Again.", default)).Error?.Kind);
    }

    [Theory]
    [InlineData("", "Say why the document was entered in error.")]
    [InlineData(" \n ", "Say why the document was entered in error.")]
    [InlineData(null, "Use at most 500 characters.")]
    public async Task MarkInErrorAsync_ForNoReasonOrTooLongAOne_IsRefused(string? reason, string message)
    {
        var id = await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId);

        var refused = await Documents.MarkInErrorAsync(await clinic.People.ActorAsync(Doctor), id, reason ?? new string('x', 501), default);

        Assert.Equal(("Reason", message), (refused.Error!.Fields.Single().Field, $"{refused.Error.Fields.Single().Message}"));
    }

    [Fact]
    public async Task Documents_OfARecordThatWasEnteredInError_ShowThePatientTheirOwnAlone()
    {
        var (own, staffs) = (await TestDocuments.AddAsync(clinic.Host, Patient, PatientId, recordId),
            await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId, recordId));
        await MarkRecordAsync();
        var (self, reader) = (await clinic.People.ActorAsync(Patient), await clinic.People.ActorAsync(Doctor));

        Assert.Equal([own], Ids(await Documents.ListOfRecordAsync(self, recordId, default)));
        Assert.Equal([own], (await Documents.ListAsync(self, PatientId, null, false, default)).Value.Items.Select(row => row.Id));
        Assert.Equal(ErrorKind.NotFound, (await Documents.OpenAsync(self, staffs, default)).Error?.Kind);
        Assert.Equal([staffs, own], Ids(await Documents.ListOfRecordAsync(reader, recordId, default)));
    }

    [Fact]
    public async Task WhatAPatientAddsWhileDescribing_IsTheirsAlone_UntilTheDescriptionIsSent()
    {
        var (first, second, third) = (await TestDocuments.AddAsync(clinic.Host, Patient, PatientId),
            await TestDocuments.AddAsync(clinic.Host, Patient, PatientId), await TestDocuments.AddAsync(clinic.Host, Patient, PatientId));
        var (self, reader) = (await clinic.People.ActorAsync(Patient), await clinic.People.ActorAsync(Doctor));

        Assert.Equal([third, second, first], Ids(await Documents.ListUnattachedAsync(self, default)));
        Assert.NotEmpty(await TestDocuments.ReadAsync(clinic.Host, self, first));
        Assert.Equal(ErrorKind.NotFound, (await Documents.OpenAsync(reader, first, default)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await Documents.MarkInErrorAsync(reader, first, "Not mine to see.", default)).Error?.Kind);
        Assert.Empty((await Documents.ListAsync(reader, PatientId, null, true, default)).Value.Items);
        Assert.Empty((await Documents.ListAsync(self, PatientId, null, false, default)).Value.Items);

        Assert.True((await Documents.DiscardAsync(self, second, default)).IsSuccess);
        Assert.Equal([third, first], Ids(await Documents.ListUnattachedAsync(self, default)));
        Assert.Equal(ErrorKind.NotFound, (await Documents.OpenAsync(self, second, default)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await Documents.DiscardAsync(self, second, default)).Error?.Kind);
        Assert.Contains($"{second:D}", TestDocuments.Files(clinic.Host));

        clinic.Host.Clock.Advance(TestDocuments.Moment);
        var described = await DescribeAsync(self);
        Assert.Empty(Ids(await Documents.ListUnattachedAsync(self, default)));
        Assert.Equal([third, first], Ids(await Documents.ListOfRecordAsync(reader, described, default)));
        Assert.Equal(ErrorKind.NotFound, (await Documents.DiscardAsync(self, first, default)).Error?.Kind);
        Assert.Equal([AuditAct.DocumentDiscarded, AuditAct.DocumentAttached],
            (await EntriesAsync(Patient)).Where(entry => entry.Outcome == AuditOutcome.Done
                && entry.Act is AuditAct.DocumentAttached or AuditAct.DocumentDiscarded).Select(entry => entry.Act));
    }

    [Fact]
    public async Task ADescription_WithNoDocument_HasNoEntryOfOne()
    {
        await DescribeAsync(await clinic.People.ActorAsync(Patient));

        Assert.DoesNotContain(await EntriesAsync(Patient), entry => entry.Act == AuditAct.DocumentAttached);
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task EveryAct_OnADocument_IsAnEntryThatNamesItAndItsPatient()
    {
        var id = await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId, recordId);
        var actor = await clinic.People.ActorAsync(Doctor);
        clinic.Host.Clock.Advance(TestDocuments.Moment);
        await TestDocuments.ReadAsync(clinic.Host, actor, id);
        clinic.Host.Clock.Advance(TestDocuments.Moment);
        await Documents.MarkInErrorAsync(actor, id, "Of the other twin.", default);
        clinic.Host.Clock.Advance(TestDocuments.Moment);
        Assert.Equal(ErrorKind.NotFound, (await Documents.OpenThumbnailAsync(actor, id, default)).Error?.Kind);

        var entries = (await EntriesAsync(Doctor)).Where(entry => entry.DocumentId == id).ToList();

        Assert.Equal([(AuditAct.DocumentAdded, AuditOutcome.Done), (AuditAct.DocumentRead, AuditOutcome.Done),
            (AuditAct.DocumentMarkedInError, AuditOutcome.Done), (AuditAct.DocumentPreviewed, AuditOutcome.Denied)],
            entries.Select(entry => (entry.Act, entry.Outcome)));
        Assert.All(entries, entry => Assert.Equal(PatientId, entry.PatientId));
        Assert.Equal([recordId, recordId, recordId], entries.Take(3).Select(entry => entry.RecordId!.Value));
    }

    [Fact]
    public async Task OpenThumbnailAsync_OfADocumentThatHasOne_GivesThePicture()
    {
        var document = await TestDocuments.MakeAsync(clinic.Host, new NewDocument(PatientId, "Photo.jpg"), Doctor.AccountId);
        await clinic.Host.ArrangeAsync(db => db.Add(document));
        var actor = await clinic.People.ActorAsync(Doctor);

        Assert.True((await Documents.ListAsync(actor, PatientId, null, false, default)).Value.Items.Single().HasThumbnail);
        await using var small = (await Documents.OpenThumbnailAsync(actor, document.Id, default)).Value;
        using var copy = new MemoryStream();
        await small.Plain.CopyToAsync(copy);

        Assert.Equal(TestDocuments.Words, Encoding.UTF8.GetString(copy.ToArray()));
        Assert.Equal((document.Id, "Photo.jpg", (long)TestDocuments.Words.Length), (small.Id, small.FileName, small.Bytes));
    }

    [Fact]
    public async Task Changed_AfterEachAct_NamesThePatient()
    {
        var told = System.Threading.Channels.Channel.CreateUnbounded<Guid>();
        void Hear(Guid whose) => told.Writer.TryWrite(whose);
        clinic.Host.Get<DocumentEvents>().Changed += Hear;

        var id = await TestDocuments.AddAsync(clinic.Host, Doctor, PatientId);
        Assert.Equal(PatientId, await told.Reader.ReadAsync());
        await Documents.MarkInErrorAsync(await clinic.People.ActorAsync(Doctor), id, "Of the other twin.", default);
        Assert.Equal(PatientId, await told.Reader.ReadAsync());
        await Documents.ListAsync(await clinic.People.ActorAsync(Doctor), PatientId, null, false, default);

        clinic.Host.Get<DocumentEvents>().Changed -= Hear;
        Assert.False(told.Reader.TryRead(out _));
    }

    private static IEnumerable<Guid> Ids(Result<IReadOnlyList<DocumentRow>> rows) => rows.Value.Select(row => row.Id);

    private async Task MarkRecordAsync()
    {
        var actor = await clinic.People.ActorAsync(Doctor);
        var records = clinic.Host.Get<RecordService>();
        var version = (await records.GetAsync(actor, recordId, default)).Value.Version;
        Assert.True((await records.MarkEnteredInErrorAsync(actor, PatientId, recordId, "The wrong twin.", version, default)).IsSuccess);
    }

    private async Task<Guid> DescribeAsync(Actor self) =>
        (await clinic.Host.Get<RecordService>().DescribeAsync(self, PatientId, new ProblemDescription("Sore throat."), default)).Value;

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(TestPerson person)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<AuditEntry>().Where(entry => entry.AccountId == person.AccountId).OrderBy(entry => entry.Id).ToListAsync();
    }
}
