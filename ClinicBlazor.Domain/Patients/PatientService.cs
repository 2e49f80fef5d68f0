using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Who the patients are: list, search, details, registration.</summary>
public sealed class PatientService(ClinicDatabase database, FieldProtector protector, BlindIndex blindIndex, TimeProvider time)
{
    private const int PageSize = 25;

    /// <summary>Patients by name, 25 at a time.</summary>
    public Task<Result<Page<PatientRow>>> ListAsync(Actor actor, PatientQuery query, CancellationToken ct)
    {
        var text = InputRules.CleanLine(query.Search);
        var act = PatientSearch.IsSsn(text) ? AuditAct.PatientSearchedBySsn : AuditAct.PatientsListed;
        return database.RunAsync<Page<PatientRow>>(actor, new Operation(Permission.PatientList, act) { Typed = [Typed.Plain("Search", query.Search), Typed.Plain("After", query.After)] }, async db =>
        {
            var now = time.Now();
            var patients = db.Patients.Where(patient => query.IncludeInactive || patient.IsActive);
            patients = text.Length == 0 ? patients : PatientSearch.Narrow(patients, text, blindIndex);
            patients = PatientCursor.After(patients, query.After);
            var rows = await patients
                .OrderBy(patient => patient.FamilyNameKey).ThenBy(patient => patient.GivenNameKey).ThenBy(patient => patient.Number)
                .Take(PageSize + 1)
                .Select(patient => new
                {
                    patient.Id,
                    patient.Number,
                    patient.GivenName,
                    patient.FamilyName,
                    patient.FamilyNameKey,
                    patient.GivenNameKey,
                    patient.BirthDate,
                    patient.Sex,
                    patient.Phone,
                    patient.Ssn,
                    patient.IsActive,
                    HasOpenVisit = db.Visits.Any(visit => visit.PatientId == patient.Id && visit.ClosedAt == null),
                    CareTeam = db.AccessGrants
                        .Where(grant => grant.PatientId == patient.Id && grant.Kind == GrantKind.CareTeam && grant.StartsAt <= now && (grant.EndsAt == null || grant.EndsAt > now))
                        .Join(db.Accounts, grant => grant.AccountId, account => account.Id, (grant, account) => account.DisplayName)
                        .OrderBy(name => name)
                        .ToList(),
                })
                .ToListAsync(ct);
            var items = rows.Take(PageSize).Select(row => new PatientRow(
                row.Id, row.Number, row.GivenName, row.FamilyName, row.BirthDate, row.Sex, row.Phone,
                LastFour(row.Ssn, nameof(Patient.Ssn), row.Id), row.CareTeam, row.HasOpenVisit, row.IsActive)).ToList();
            var last = rows.Count > PageSize ? rows[PageSize - 1] : null;
            return new Page<PatientRow>(items, last is null ? null : PatientCursor.Of(last.FamilyNameKey, last.GivenNameKey, last.Number));
        }, ct);
    }

    /// <summary>One patient; <see cref="ErrorKind.NotFound"/> when missing or not assigned to the actor.</summary>
    public Task<Result<PatientDetails>> GetAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        database.RunAsync<PatientDetails>(actor, new Operation(Permission.PatientRead, AuditAct.PatientRead) { PatientId = patientId }, async db =>
        {
            var patient = await db.Patients.SingleOrDefaultAsync(row => row.Id == patientId, ct);
            if (patient is null)
            {
                return Error.NotFound;
            }

            var visit = await db.Visits.Where(row => row.PatientId == patientId && row.ClosedAt == null).Select(row => new { row.Id, row.ArrivedAt }).SingleOrDefaultAsync(ct);
            var account = await db.Accounts.Where(row => row.PatientId == patientId).Select(row => row.Email).SingleOrDefaultAsync(ct);
            return new PatientDetails(
                patient.Id, patient.Number, patient.GivenName, patient.FamilyName, patient.BirthDate, patient.Sex, patient.Phone, patient.Email, patient.Address,
                LastFour(patient.Ssn, nameof(Patient.Ssn), patient.Id), LastFour(patient.Tin, nameof(Patient.Tin), patient.Id),
                patient.IsActive, visit?.Id, visit?.ArrivedAt, account, await AssignedStaffAsync(db, patientId, ct));
        }, ct);

    /// <summary>Registers a patient. An SSN that belongs to somebody already is refused beside its field.</summary>
    public Task<Result<Guid>> RegisterAsync(Actor actor, NewPatient input, CancellationToken ct)
    {
        var operation = new Operation(Permission.PatientRegister, AuditAct.PatientCreated) { Typed = PatientInput.TextsOf(input) };
        return database.RunAsync<Guid>(actor, operation, async db =>
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            var checkedInput = PatientInput.Check(input, today);
            if (checkedInput.Error is { } error)
            {
                return error;
            }

            var clean = checkedInput.Value;
            var ssnIndex = blindIndex.Of(nameof(Patient.Ssn), clean.Ssn);
            if (ssnIndex is not null && await db.Patients.AnyAsync(row => row.SsnIndex == ssnIndex, ct))
            {
                return Error.Invalid(nameof(NewPatient.Ssn), "A patient with this SSN is registered already. Search for it.");
            }

            var id = time.NewId();
            operation.PatientId = id;
            var patient = new Patient { Id = id, Number = await db.Patients.MaxAsync(row => (int?)row.Number, ct) + 1 ?? FirstNumber, RegisteredAt = time.Now() };
            patient.Identify(clean.GivenName, clean.FamilyName, clean.BirthDate, clean.Sex);
            patient.Reach(clean.Phone, clean.Email, clean.Address);
            patient.SetIdentifiers(
                protector.SealOptional(clean.Ssn, FieldLocation.Of<Patient>(nameof(Patient.Ssn), id)), ssnIndex,
                protector.SealOptional(clean.Tin, FieldLocation.Of<Patient>(nameof(Patient.Tin), id)), blindIndex.Of(nameof(Patient.Tin), clean.Tin));
            db.Patients.Add(patient);
            return id;
        }, ct, retry: true);
    }

    /// <summary>An SSN or TIN in full: nine digits. Audited by its own name.</summary>
    public Task<Result<string>> ShowIdentifierAsync(Actor actor, Guid patientId, IdentifierKind kind, CancellationToken ct) =>
        database.RunAsync<string>(actor, new Operation(Permission.PatientIdentifierShow, AuditAct.IdentifierShown) { PatientId = patientId }, async db =>
        {
            var (column, text) = kind switch
            {
                IdentifierKind.Ssn => (nameof(Patient.Ssn), await db.Patients.Where(row => row.Id == patientId).Select(row => row.Ssn).SingleOrDefaultAsync(ct)),
                IdentifierKind.Tin => (nameof(Patient.Tin), await db.Patients.Where(row => row.Id == patientId).Select(row => row.Tin).SingleOrDefaultAsync(ct)),
                _ => throw new ArgumentOutOfRangeException(nameof(kind)),
            };
            return text is null ? Error.NotFound : protector.Open(text, FieldLocation.Of<Patient>(column, patientId));
        }, ct);

    /// <summary>Makes a patient inactive, or active again. The chart stays as it is.</summary>
    public Task<Result<Done>> SetActiveAsync(Actor actor, Guid patientId, bool active, CancellationToken ct)
    {
        var act = active ? AuditAct.PatientMadeActive : AuditAct.PatientMadeInactive;
        return database.RunAsync<Done>(actor, new Operation(Permission.PatientStatusChange, act) { PatientId = patientId }, async db =>
        {
            var patient = await db.Patients.AsTracking().SingleOrDefaultAsync(row => row.Id == patientId, ct);
            if (patient is null)
            {
                return Error.NotFound;
            }

            patient.SetActive(active);
            return Done.Instance;
        }, ct);
    }

    private const int FirstNumber = 10_001;

    private async Task<IReadOnlyList<AssignedStaff>> AssignedStaffAsync(ClinicDbContext db, Guid patientId, CancellationToken ct)
    {
        var now = time.Now();
        return await db.AccessGrants
            .Where(grant => grant.PatientId == patientId && grant.StartsAt <= now && (grant.EndsAt == null || grant.EndsAt > now))
            .Join(db.Accounts, grant => grant.AccountId, account => account.Id, (grant, account) => new { grant, account.DisplayName })
            .OrderBy(row => row.DisplayName)
            .Select(row => new AssignedStaff(row.grant.Id, row.grant.AccountId, row.DisplayName, row.grant.Kind, row.grant.StartsAt))
            .ToListAsync(ct);
    }

    private string? LastFour(SealedText? text, string column, Guid patientId) =>
        protector.OpenOptional(text, FieldLocation.Of<Patient>(column, patientId))?[^4..];
}
