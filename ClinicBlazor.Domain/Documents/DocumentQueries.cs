using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Domain.Documents;

/// <summary>Which documents are shown to whom, beyond whose chart it is; every query begins with one of these.</summary>
internal static class DocumentQueries
{
    /// <summary>
    /// What an actor is shown, what was entered in error included where it is somebody else's chart. What a patient adds while
    /// describing is the patient's alone until it is sent; and of what stands in error, or under a record or visit that does, a
    /// patient sees only what they added themselves: the rest may be about another person.
    /// </summary>
    public static IQueryable<Document> ShownTo(this IQueryable<Document> documents, ClinicDbContext db, Actor actor)
    {
        var (own, account) = (actor.PatientId, actor.AccountId);
        return documents.Where(document => document.DiscardedAt == null
            && (!document.ByPatient || document.RecordId != null || document.VisitId != null || document.AddedById == account)
            && (document.PatientId != own || (document.ErrorAt == null && (document.ByPatient || (
                !db.Set<MedicalRecord>().Any(row => row.Id == document.RecordId && row.Status == RecordStatus.EnteredInError)
                && !db.Set<Visit>().Any(row => row.Id == document.VisitId && row.Status == VisitStatus.EnteredInError))))));
    }

    /// <summary>What was sent: all but what a patient is still describing.</summary>
    public static IQueryable<Document> Sent(this IQueryable<Document> documents) =>
        documents.Where(document => !document.ByPatient || document.RecordId != null || document.VisitId != null);

    /// <summary>What the actor, a patient, has added while describing and not sent yet.</summary>
    public static IQueryable<Document> UnsentBy(this IQueryable<Document> documents, Actor actor)
    {
        var (own, account) = (actor.PatientId, actor.AccountId);
        return documents.Where(document => document.PatientId == own && document.AddedById == account && document.ByPatient
            && document.RecordId == null && document.VisitId == null && document.DiscardedAt == null);
    }
}
