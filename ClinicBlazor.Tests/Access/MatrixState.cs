using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>
/// Everything stored about each patient and each account, as text to compare. A chart and an account have the same
/// text before and after exactly when nothing of them was changed.
/// </summary>
internal sealed class MatrixState
{
    private readonly Dictionary<Guid, SortedSet<string>> facts = [];

    private MatrixState()
    {
    }

    public static MatrixState Empty { get; } = new();

    public string Of(Guid patientOrAccountId) =>
        facts.TryGetValue(patientOrAccountId, out var known) ? string.Join('\n', known) : "";

    public static async Task<MatrixState> ReadAsync(DomainHost host)
    {
        var state = new MatrixState();
        await using var db = await host.OpenAsync();
        foreach (var row in await db.Set<Patient>().Select(row => new { row.Id, row.Version, row.IsActive }).ToListAsync())
        {
            state.Add(row.Id, row);
        }

        foreach (
            var row in await db.Set<MedicalRecord>().Select(row => new { row.PatientId, row.Id, row.Version, row.Status }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<Diagnosis>().Select(row => new { row.PatientId, row.Id, row.RecordId }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<Signature>().Select(row => new { row.PatientId, row.Id, row.RecordId }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<Addendum>().Select(row => new { row.PatientId, row.Id, row.RecordId }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<Draft>().Select(row => new { row.PatientId, row.Id, row.SavedAt }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<RegistrationDraft>().Select(row => new { row.AuthorId, row.Id, row.SavedAt }).ToListAsync())
        {
            state.Add(row.AuthorId, row);
        }

        foreach (var row in await db.Set<Document>().Select(row => new { row.PatientId, row.Id, row.Version }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<Visit>()
            .Select(row => new { row.PatientId, row.Id, row.Status, row.ClosedAt, row.Version }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<VisitEvent>().Select(row => new { row.PatientId, row.Id, row.Act }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<Invoice>().Select(row => new { row.PatientId, row.Id, row.Entries, row.OpenCents }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (
            var row in await db.Set<AccessGrant>().Select(row => new { row.PatientId, row.Id, row.AccountId, row.EndsAt }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<Account>()
            .Select(row => new { row.Id, row.PatientId, row.Roles, row.Status, row.ConcurrencyStamp }).ToListAsync())
        {
            state.Add(row.Id, row);
            state.Add(row.PatientId ?? row.Id, new { Linked = row.Id });
        }

        foreach (
            var row in await db.Set<AccountLink>().Select(row => new { row.PatientId, row.Id, row.InForceAt, row.EndedAt }).ToListAsync())
        {
            state.Add(row.PatientId, row);
        }

        foreach (var row in await db.Set<RoleGrant>().Select(row => new { row.AccountId, row.Id, row.EndedAt }).ToListAsync())
        {
            state.Add(row.AccountId, row);
        }

        foreach (var row in await db.Set<Session>().Select(row => new { row.AccountId, row.Id, row.RevokedAt }).ToListAsync())
        {
            state.Add(row.AccountId, row);
        }

        return state;
    }

    private void Add(Guid id, object fact)
    {
        if (!facts.TryGetValue(id, out var known))
        {
            facts[id] = known = new SortedSet<string>(StringComparer.Ordinal);
        }

        known.Add($"{fact}");
    }
}
