using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Documents;

/// <summary>The numbers that a document takes: in its chart, and in its record and visit where it has them.</summary>
/// <param name="Number">In the chart.</param>
/// <param name="InRecord">In the record.</param>
/// <param name="InVisit">In the visit.</param>
internal sealed record DocumentPlace(int Number, int? InRecord, int? InVisit);

/// <summary>
/// Finds where a new document would stand, and whether there is room for it. Whoever adds one at the same time takes the same number,
/// and is judged anew.
/// </summary>
public sealed class DocumentPlaces(IOptions<ClinicSettings> settings)
{
    private static readonly Message OfAnError =
        new("This record or visit was marked as entered in error, and takes no further documents.");

    /// <summary>
    /// The place of a new document. <see cref="ErrorKind.NotFound"/> when there is no such patient, record or visit within reach, or
    /// the three do not belong together.
    /// </summary>
    internal async Task<Result<DocumentPlace>> FindAsync(ClinicDbContext db, Actor actor, NewDocument what, CancellationToken ct)
    {
        if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == what.PatientId, ct))
        {
            return Error.NotFound;
        }

        var record = what.RecordId is { } recordId ? await db.Set<MedicalRecord>()
            .Where(row => row.Id == recordId && row.PatientId == what.PatientId).Select(row => (RecordStatus?)row.Status)
            .SingleOrDefaultAsync(ct) : null;
        var visit = what.VisitId is { } visitId ? await db.Set<Visit>()
            .Where(row => row.Id == visitId && row.PatientId == what.PatientId).Select(row => (VisitStatus?)row.Status)
            .SingleOrDefaultAsync(ct) : null;
        if ((what.RecordId is not null && record is null) || (what.VisitId is not null && visit is null))
        {
            return Error.NotFound;
        }

        if (record == RecordStatus.EnteredInError || visit == VisitStatus.EnteredInError)
        {
            return Error.Invalid(DocumentIntake.Field, OfAnError);
        }

        return await NumberAsync(db, actor, what, ct);
    }

    /// <summary>How many documents a record has, and so the number of the last one.</summary>
    internal static async Task<int> LastInRecordAsync(ClinicDbContext db, Guid? recordId, CancellationToken ct) =>
        await db.Set<Document>().Where(row => row.RecordId == recordId).MaxAsync(row => row.RecordNumber, ct) ?? 0;

    /// <summary>The refusal of one more than a record or visit holds.</summary>
    internal static Error Full() => Error.Invalid(DocumentIntake.Field,
        new Message("A record or visit holds at most {0} documents.", Document.MostTogether));

    /// <summary>True when the actor adds it as the patient whose chart it is.</summary>
    internal static bool IsPatients(Actor actor, Guid patientId) => actor.Roles.HasAny(Roles.Patient) && actor.PatientId == patientId;

    private async Task<Result<DocumentPlace>> NumberAsync(ClinicDbContext db, Actor actor, NewDocument what, CancellationToken ct)
    {
        var byPatient = IsPatients(actor, what.PatientId);
        var number = await db.Set<Document>().Where(row => row.PatientId == what.PatientId && row.ByPatient == byPatient)
            .MaxAsync(row => (int?)row.Number, ct) + 1 ?? 1;
        if (number > settings.Value.Documents.PerPatient)
        {
            return Error.Invalid(DocumentIntake.Field,
                new Message("No more than {0} documents can be added to a chart.", settings.Value.Documents.PerPatient));
        }

        int? inRecord = what.RecordId is null ? null : await LastInRecordAsync(db, what.RecordId, ct) + 1;
        int? inVisit = what.VisitId is null ? null
            : await db.Set<Document>().Where(row => row.VisitId == what.VisitId).MaxAsync(row => row.VisitNumber, ct) + 1 ?? 1;

        // What is added while describing goes to one record together.
        var unsent = byPatient && what is { RecordId: null, VisitId: null }
            ? await db.Set<Document>().UnsentBy(actor).CountAsync(ct) + 1 : 0;
        return Math.Max(unsent, Math.Max(inRecord ?? 0, inVisit ?? 0)) > Document.MostTogether ? Full()
            : new DocumentPlace(number, inRecord, inVisit);
    }
}
