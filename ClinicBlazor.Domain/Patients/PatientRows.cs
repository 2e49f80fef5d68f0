using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Reads what stands on the lines of a list of patients, for one page of them.</summary>
public sealed class PatientRows(OpenVisits openVisits, FieldProtector protector, IOptions<ClinicSettings> settings, TimeProvider time)
{
    /// <summary>The lines of some patients, in the order of their ids; one who is out of the lease's reach has none.</summary>
    internal async Task<IReadOnlyList<PatientRow>> RowsAsync(ClinicDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var people = await db.Set<Patient>().Where(patient => ids.Contains(patient.Id))
            .Select(patient => new
            {
                patient.Id, patient.Number, patient.GivenName, patient.FamilyName, patient.BirthDate, patient.Sex, patient.Phone,
                patient.Ssn, patient.IsActive,
            })
            .ToDictionaryAsync(patient => patient.Id, ct);
        var teams = await TeamsAsync(db, ids, ct);
        var visits = await openVisits.OfAsync(db, ids, ct);
        return
        [
            .. ids.Where(people.ContainsKey).Select(id => people[id]).Select(row => new PatientRow(
                row.Id, row.Number, row.GivenName, row.FamilyName, row.BirthDate, row.Sex,
                row.Phone is null ? null : Phones.Shown(row.Phone, settings.Value.PhoneRegion),
                protector.OpenOptional(row.Ssn, FieldPlace.Of<Patient>(row.Id, new(row.Id), nameof(Patient.Ssn)))?[^4..],
                [.. teams[row.Id]], visits.ContainsKey(row.Id), row.IsActive)),
        ];
    }

    private async Task<ILookup<Guid, string>> TeamsAsync(ClinicDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var now = time.Now();
        var members = await db.Set<AccessGrant>().InForceAt(now)
            .Where(grant => ids.Contains(grant.PatientId) && grant.Kind == GrantKind.CareTeam)
            .Select(grant => new { grant.PatientId, grant.AccountId })
            .ToListAsync(ct);
        var accounts = members.Select(member => member.AccountId).Distinct().ToList();
        var names = await db.Set<Account>().Where(account => accounts.Contains(account.Id))
            .Select(account => new { account.Id, account.DisplayName })
                .ToDictionaryAsync(account => account.Id, account => account.DisplayName, ct);
        return members.Select(member => (member.PatientId, Name: names[member.AccountId]))
            .OrderBy(member => member.Name, StringComparer.Ordinal).ToLookup(member => member.PatientId, member => member.Name);
    }
}
