using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Who the patients are: list, search, details, registration.</summary>
public sealed partial class PatientService(
    ClinicGate gate, OpenVisits openVisits, PatientRows rowReader, FieldProtector protector, BlindIndex blindIndex,
        IOptions<ClinicSettings> settings, TimeProvider time)
{
    private const int PageSize = 25;

    private string Region => settings.Value.PhoneRegion;

    /// <summary>Patients by name, 25 at a time.</summary>
    public Task<Result<Page<PatientRow>>> ListAsync(Actor actor, PatientQuery query, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientList, AuditAct.PatientsListed);
        return gate.RunAsync<Page<PatientRow>>(actor, request, async (db, trace) =>
        {
            var search = PatientSearch.Read(InputRules.CleanLine(query.Search), CultureInfo.CurrentUICulture, Region);
            if (search.CouldBeTwoDays)
            {
                return Error.Invalid(nameof(query.Search), PatientInput.TwoDays);
            }

            var finder = new PatientFinder(db, query.IncludeInactive, PageSize + 1, ct);
            var places = await FindAsync(finder, search, query.After, actor.May(Permission.PatientIdentifierShow), trace);
            var rows = await rowReader.RowsAsync(db, [.. places.Take(PageSize).Select(place => place.Id)], ct);
            trace.List(rows.Select(row => row.Id));
            return new Page<PatientRow>(rows, places.Count > PageSize ? places[PageSize - 1].Cursor : null);
        }, ct);
    }

    /// <summary>
    /// True when there is such a patient and the actor may see it: for the status of a page that is asked for by its
    /// address.
    /// </summary>
    public async Task<bool> ExistsAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        (await gate.RunAsync<Done>(actor, new AccessRequest(Permission.PatientRead, AuditAct.PageOpened) { PatientId = patientId },
            async db =>
            await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct) ? Done.Instance : Error.NotFound, ct)).IsSuccess;

    /// <summary>One patient; <see cref="ErrorKind.NotFound"/> when missing or not assigned to the actor.</summary>
    public Task<Result<PatientDetails>> GetAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        gate.RunAsync<PatientDetails>(actor, new AccessRequest(Permission.PatientRead, AuditAct.PatientRead) { PatientId = patientId },
            async db =>
        {
            var patient = await db.Set<Patient>().SingleOrDefaultAsync(row => row.Id == patientId, ct);
            if (patient is null)
            {
                return Error.NotFound;
            }

            var visit = (await openVisits.OfAsync(db, [patientId], ct)).GetValueOrDefault(patientId);
            var account = await AccountLinks.FindAsync(db, actor, patientId, ct);
            var staff = await AssignedStaffAsync(db, patientId, ct);
            return new PatientDetails(
                patient.Id, patient.Number, patient.GivenName, patient.FamilyName, patient.BirthDate, patient.Sex,
                patient.Phone is null ? null : Phones.Shown(patient.Phone, Region), patient.Email, patient.Address,
                LastFour(patient.Ssn, nameof(Patient.Ssn), patient.Id), LastFour(patient.Tin, nameof(Patient.Tin), patient.Id),
                patient.IsActive, visit?.VisitId, visit?.ArrivedAt, account is { IsInForce: true } ? account.Email : null, staff)
            {
                Account = account,
                IsWithDoctor = visit?.IsWithDoctor == true,
                OpenVisitDoctor = visit?.DoctorId is { } doctorId ? await db.Set<Account>().Where(row => row.Id == doctorId)
                    .Select(row => row.DisplayName).SingleOrDefaultAsync(ct) : null,
                MayChangeStaff = AccessPolicy.ReachOf(actor.Roles, Permission.VisitStaffChange).HasFlag(Reach.Everyone)
                    || staff.Any(member => member.AccountId == actor.AccountId && member.Kind == GrantKind.CareTeam),
            };
        }, ct);

    /// <summary>
    /// Who is known already and much alike to the person that a registration describes, as far as it has been typed: by
    /// the sound of the name, the birth date, the phone, the SSN; the likeliest first. Finding somebody by a whole SSN is
    /// audited as the search that it is.
    /// </summary>
    public Task<Result<IReadOnlyList<DuplicateCandidate>>> DuplicatesAsync(Actor actor, NewPatient input, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientRegister, AuditAct.PatientsListed);
        return gate.RunAsync<IReadOnlyList<DuplicateCandidate>>(actor, request, async (db, trace) =>
        {
            var found = await new DuplicateFinder(db, ct).FindAsync(
                InputRules.CleanLine(input.GivenName), InputRules.CleanLine(input.FamilyName),
                WrittenDate.Read(input.BirthDate, CultureInfo.CurrentUICulture).Day, Phones.Normal(input.Phone, Region),
                actor.May(Permission.PatientIdentifierShow) && SocialSecurityNumber.Read(input.Ssn) is { } ssn
                    ? blindIndex.AllOf(nameof(Patient.Ssn), ssn) : []);
            trace.List(found.Select(candidate => candidate.Id));
            if (found.Any(candidate => candidate.Signs.Contains(DuplicateSign.Ssn)))
            {
                NoteSearchBySsn(trace);
            }

            return Result.Of(found);
        }, ct);
    }

    /// <summary>
    /// Registers a patient. An SSN that belongs to somebody already is refused beside its field; who is much alike to
    /// somebody known is registered only with a reason.
    /// </summary>
    public Task<Result<Guid>> RegisterAsync(Actor actor, NewPatient input, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientRegister, AuditAct.PatientCreated) { Sent = input };
        return gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
            var checkedInput = PatientInput.Check(input, today, Region, CultureInfo.CurrentUICulture);
            if (checkedInput.Error is { } error)
            {
                return error;
            }

            // Before anybody is looked for: whoever is registered after this takes the same number, and this begins anew.
            var number = await db.Set<Patient>().MaxAsync(row => (int?)row.Number, ct) + 1 ?? FirstNumber;
            var clean = checkedInput.Value;
            var ssnIndex = blindIndex.Of(nameof(Patient.Ssn), clean.Ssn);
            var ssnIndexes = ssnIndex is null ? [] : blindIndex.AllOf(nameof(Patient.Ssn), clean.Ssn!);
            if (ssnIndex is not null && await db.Set<Patient>().AnyAsync(row => ssnIndexes.Contains(row.SsnIndex!), ct))
            {
                // The refusal tells that there is such a patient, as a search does.
                NoteSearchBySsn(trace);
                trace.SaveRefusal = true;
                return Error.Invalid(nameof(NewPatient.Ssn), "A patient with this SSN is registered already. Search for it.");
            }

            var isAlike = (await new DuplicateFinder(db, ct)
                .FindAsync(clean.GivenName, clean.FamilyName, clean.BirthDate, clean.Phone, ssnIndexes: [])).Count > 0;
            if (isAlike && clean.DuplicateReason is null)
            {
                return Error.Invalid(nameof(NewPatient.DuplicateReason),
                    "Somebody much alike is registered already. Open that chart, or say why this is another person.");
            }

            var id = time.NewId();
            trace.PatientId = id;
            trace.Say(clean.Fields);
            var patient = new Patient { Id = id, Number = number, RegisteredAt = time.Now() };
            patient.Identify(clean.GivenName, clean.FamilyName, clean.BirthDate, clean.Sex);
            patient.SetContact(clean.Phone, clean.Email, clean.Address);
            patient.SetIdentifiers(
                protector.SealOptional(clean.Ssn, FieldPlace.Of<Patient>(id, new(id), nameof(Patient.Ssn))), ssnIndex,
                protector.SealOptional(clean.Tin, FieldPlace.Of<Patient>(id, new(id), nameof(Patient.Tin))));
            if (isAlike)
            {
                patient.IsNobodyKnown(clean.DuplicateReason!);
                trace.AlsoHappened.Add((AuditAct.DuplicateOverridden, AuditOutcome.Done));
            }

            db.Set<Patient>().Add(patient);
            return id;
        }, ct, retry: true);
    }

    /// <summary>An SSN or TIN in full: nine digits. Audited by its own name.</summary>
    public Task<Result<string>> ShowIdentifierAsync(Actor actor, Guid patientId, IdentifierKind kind, CancellationToken ct) =>
        gate.RunAsync<string>(actor,
            new AccessRequest(Permission.PatientIdentifierShow, AuditAct.IdentifierShown)
            {
                PatientId = patientId,
                Details = [kind == IdentifierKind.Ssn ? AuditDetail.Ssn : AuditDetail.Tin],
            }, async db =>
        {
            var (column, text) = kind switch
            {
                IdentifierKind.Ssn => (nameof(Patient.Ssn),
                    await db.Set<Patient>().Where(row => row.Id == patientId).Select(row => row.Ssn).SingleOrDefaultAsync(ct)),
                IdentifierKind.Tin => (nameof(Patient.Tin),
                    await db.Set<Patient>().Where(row => row.Id == patientId).Select(row => row.Tin).SingleOrDefaultAsync(ct)),
                _ => throw new ArgumentOutOfRangeException(nameof(kind)),
            };
            return text is null ? Error.NotFound : protector.Open(text, FieldPlace.Of<Patient>(patientId, new(patientId), column));
        }, ct);

    /// <summary>Makes a patient inactive, or active again. The chart stays as it is.</summary>
    public Task<Result<Done>> SetActiveAsync(Actor actor, Guid patientId, bool active, CancellationToken ct)
    {
        var act = active ? AuditAct.PatientMadeActive : AuditAct.PatientMadeInactive;
        return gate.RunAsync<Done>(actor, new AccessRequest(Permission.PatientStatusChange, act) { PatientId = patientId }, async db =>
        {
            var patient = await db.Set<Patient>().AsTracking().SingleOrDefaultAsync(row => row.Id == patientId, ct);
            if (patient is null)
            {
                return Error.NotFound;
            }

            patient.SetActive(active);
            return Done.Instance;
        }, ct);
    }

    private const int FirstNumber = 10_001;

    // Only what was found: that an SSN is not known yet is what a registration expects, and no guess.
    private static void NoteSearchBySsn(AuditTrace trace) =>
        trace.AlsoHappened.Add((AuditAct.PatientSearchedBySsn, AuditOutcome.Done));

    private async Task<IReadOnlyList<AssignedStaff>> AssignedStaffAsync(ClinicDbContext db, Guid patientId, CancellationToken ct)
    {
        var now = time.Now();
        return await db.Set<AccessGrant>().InForceAt(now).Where(grant => grant.PatientId == patientId)
            .Join(db.Set<Account>(), grant => grant.AccountId, account => account.Id,
                (grant, account) => new { grant, account.DisplayName })
            .OrderBy(row => row.DisplayName)
            .Select(row => new AssignedStaff(row.grant.Id, row.grant.AccountId, row.DisplayName, row.grant.Kind, row.grant.StartsAt))
            .ToListAsync(ct);
    }

    private async Task<IReadOnlyList<PatientPlace>> FindAsync(PatientFinder finder, PatientSearch search, string? after, bool maySeeSsn,
        AuditTrace trace)
    {
        if (search.IsEmpty)
        {
            return await finder.AllAsync(after);
        }

        if (search.BirthDate is { } day)
        {
            return await finder.BornAsync(day, after);
        }

        if (search.Words.Count > 0)
        {
            return await finder.WithWordsAsync(search.Words, after);
        }

        var byNumber = search.Number is { } number && after is null ? await finder.WithNumberAsync(number) : [];
        var byPhone = search.Phone is { } phone ? await finder.WithWordsAsync([phone], after) : [];
        IReadOnlyList<PatientPlace> found = [.. byNumber, .. byPhone.Where(place => byNumber.All(other => other.Id != place.Id))];
        if (search.Ssn is null || found.Count > 0)
        {
            return found;
        }

        // A search that hits confirms a whole SSN: it is for those to whom it may be shown, and a miss is a guess.
        if (!maySeeSsn)
        {
            trace.AlsoHappened.Add((AuditAct.PatientSearchedBySsn, AuditOutcome.Denied));
            return [];
        }

        found = await finder.WithSsnAsync(search.Ssn, blindIndex);
        (trace.Act, trace.Outcome) = (AuditAct.PatientSearchedBySsn, found.Count > 0 ? AuditOutcome.Done : AuditOutcome.Failed);
        return found;
    }

    private string? LastFour(SealedText? text, string column, Guid patientId) =>
        protector.OpenOptional(text, FieldPlace.Of<Patient>(patientId, new(patientId), column))?[^4..];
}
