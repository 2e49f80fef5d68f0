using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Domain.Demo;

/// <summary>
/// The demo clinic's documents: a letter under a signed record, what a patient sent with a description, and a picture of a visit.
/// They go the way of every file, through the look into their content.
/// </summary>
public sealed class DemoDocuments(
    DocumentIntake intake, IVirusScanner scanner, FieldProtector protector, AuditTrail trail, TimeProvider time)
{
    /// <summary>A letter that came from another practice, under the patient's record.</summary>
    internal Task AddLetterAsync(ClinicDbContext db, Account doctor, Guid patientId, CancellationToken ct)
    {
        var record = db.Set<MedicalRecord>().Local.Single(row => row.PatientId == patientId && row.OnBehalf);
        return AddAsync(db, new NewDocument(patientId, "Letter of referral, ENT.pdf", record.Id), doctor, byPatient: false,
            DemoFiles.LetterInPdf(), ct);
    }

    /// <summary>What a patient sent with the description of a problem.</summary>
    internal Task AddDiaryAsync(ClinicDbContext db, Account patient, Guid patientId, CancellationToken ct)
    {
        var record = db.Set<MedicalRecord>().Local.Single(row => row.PatientId == patientId && !row.OnBehalf);
        return AddAsync(db, new NewDocument(patientId, "Back pain diary.txt", record.Id), patient, byPatient: true,
            DemoFiles.DiaryInText(), ct);
    }

    /// <summary>A picture that was taken in a visit of this morning.</summary>
    internal Task AddPictureAsync(ClinicDbContext db, Account nurse, CancellationToken ct)
    {
        var visit = db.Set<Visit>().Local.First(row => row.Status == VisitStatus.InProgress);
        return AddAsync(db, new NewDocument(visit.PatientId, "Wound, left forearm.png", VisitId: visit.Id), nurse, byPatient: false,
            DemoFiles.DrawingInPng(), ct);
    }

    private async Task AddAsync(
        ClinicDbContext db, NewDocument what, Account who, bool byPatient, byte[] content, CancellationToken ct)
    {
        var (at, id) = (time.Now(), time.NewId());
        using var stream = new MemoryStream(content);
        var taken = (await intake.TakeAsync(new VaultFile(id, what.PatientId), who.Id, what.FileName, stream, ct)).Value;
        var document = new Document
        {
            Id = id,
            PatientId = what.PatientId,
            AddedById = who.Id,
            ByPatient = byPatient,
            Number = 1,
            AddedAt = at,
            FileName = Seal(what.FileName, nameof(Document.FileName)),
            Key = Seal(Convert.ToBase64String(taken.Key), nameof(Document.Key)),
            Format = taken.Format,
            Bytes = taken.Bytes,
            HasThumbnail = taken.HasThumbnail,
            State = scanner.IsOn ? DocumentState.Quarantined : DocumentState.Available,
            VisitId = what.VisitId,
            VisitNumber = what.VisitId is null ? null : 1,
        };
        if (what.RecordId is { } recordId)
        {
            document.AttachTo(recordId, 1);
        }

        db.Set<Document>().Add(document);
        trail.AddMadeUp(db, who.Roles,
            new AuditTrace(AuditAct.DocumentAdded)
            {
                AccountId = who.Id, PatientId = what.PatientId, RecordId = what.RecordId, VisitId = what.VisitId, DocumentId = id,
            }, at);

        SealedText Seal(string text, string column) =>
            protector.Seal(text, FieldPlace.Of<Document>(id, Document.OwnerOf(what.PatientId), column));
    }
}
