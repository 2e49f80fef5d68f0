using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Support;

/// <summary>Somebody with an account and an open session.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Email">Address to sign in with; the password is <see cref="TestPeople.Password"/>.</param>
/// <param name="SessionToken">What the browser's cookie would hold.</param>
/// <param name="PatientId">The linked patient; null for staff.</param>
public sealed record TestPerson(Guid AccountId, string Email, string SessionToken, Guid? PatientId);

/// <summary>Makes people and their charts, and tells who they are the way the application does: from the session.</summary>
public sealed class TestPeople(DomainHost host)
{
    public const string Password = "Correct-Horse-7-Battery";

    public const string AuthenticatorKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    // Hashing is meant to be slow; one hash serves all who share the password.
    private static readonly Lazy<string> PasswordHash =
        new(() => TestPasswords.Cheap.HashPassword(new Account(Guid.Empty, "test@clinic.example", "", Roles.None), Password));

    private int counter;

    public static ClientInfo Client { get; } = new("192.0.2.10", "Test browser");

    /// <summary>Who this person, who is doing something, is at this moment. Fails the test when the session has ended.</summary>
    public async Task<Actor> ActorAsync(TestPerson person)
    {
        await StirAsync(person);
        return (await FindSessionAsync(person) ?? throw new InvalidOperationException("The session has ended.")).Actor;
    }

    /// <summary>The person presses a key.</summary>
    public async Task StirAsync(TestPerson person)
    {
        var hash = host.Get<TokenHasher>().Hash(SessionService.TokenPurpose, person.SessionToken);
        await using var db = await host.OpenAsync();
        host.Get<SessionActivity>().Mark(
            await db.Set<Session>().Where(session => session.TokenHash == hash).Select(session => session.Id).SingleAsync());
    }

    /// <summary>The person's living session; null when it has ended.</summary>
    public Task<LiveSession?> FindSessionAsync(TestPerson person) =>
        host.Get<SessionService>().FindAsync(person.SessionToken, Client, CancellationToken.None);

    /// <summary>A member of staff with a second factor, signed in.</summary>
    public Task<TestPerson> AddStaffAsync(Roles roles, string? displayName = null) => AddAsync(roles, patientId: null, displayName);

    /// <summary>A patient with a linked account, signed in.</summary>
    public async Task<TestPerson> AddPatientAsync() => await AddAsync(Roles.Patient, await AddChartAsync());

    /// <summary>A patient's account that nobody has linked yet, signed in.</summary>
    public Task<TestPerson> AddUnlinkedAsync() => AddAsync(Roles.Patient, patientId: null);

    /// <summary>A patient without an account; answers with the patient's id.</summary>
    public async Task<Guid> AddChartAsync(string givenName = "Pat", string? familyName = null, string? ssn = null)
    {
        var (id, number) = (host.Clock.NewId(), Next());
        // Counted down: the application counts up from the highest number there is.
        var patient = new Patient { Id = id, Number = 90_000 - number, RegisteredAt = host.Clock.Now() };
        patient.Identify(givenName, familyName ?? $"Family{number}", new DateOnly(1980, 5, 17), Sex.Female);
        patient.SetContact("+15550100100", email: null, address: null);
        patient.SetIdentifiers(
            host.Get<FieldProtector>().SealOptional(ssn, FieldPlace.Of<Patient>(id, new(id), nameof(Patient.Ssn))),
            host.Get<BlindIndex>().Of(nameof(Patient.Ssn), ssn), tin: null);
        await host.ArrangeAsync(db => db.Set<Patient>().Add(patient));
        return id;
    }

    /// <summary>Puts somebody on a patient's care team, from a day ago; answers with the id of the assignment.</summary>
    public async Task<Guid> AssignAsync(TestPerson staff, Guid patientId)
    {
        var id = host.Clock.NewId();
        await host.ArrangeAsync(db => db.Set<AccessGrant>().Add(new AccessGrant
        {
            Id = id,
            PatientId = patientId,
            AccountId = staff.AccountId,
            Kind = GrantKind.CareTeam,
            StartsAt = host.Clock.Now().AddDays(-1),
        }));
        return id;
    }

    /// <summary>Changes somebody's roles past the rules of how they are given: what is assigned stays as it is.</summary>
    public async Task SetRolesAsync(TestPerson person, Roles roles)
    {
        await using var db = await host.OpenAsync();
        (await db.Set<Account>().AsTracking().SingleAsync(account => account.Id == person.AccountId)).ChangeRoles(roles);
        await db.SaveChangesAsync();
    }

    /// <summary>Makes an account a patient's own past the rules of how that is done.</summary>
    public async Task LinkAsync(TestPerson person, Guid patientId)
    {
        await using var db = await host.OpenAsync();
        (await db.Set<Account>().AsTracking().SingleAsync(account => account.Id == person.AccountId)).LinkTo(patientId);
        await db.SaveChangesAsync();
    }

    /// <summary>Checks a patient in, whoever that does; answers with the id of the visit.</summary>
    public async Task<Guid> AddVisitAsync(Guid patientId, Guid? openedBy = null, Guid? doctorId = null)
    {
        var (visit, begun) = Visit.CheckIn(host.Clock.NewId(), patientId, doctorId,
            new VisitStep(host.Clock.NewId(), openedBy, host.Clock.Now()));
        await host.ArrangeAsync(db => db.AddRange(visit, begun));
        return visit.Id;
    }

    /// <summary>Charges a visit something that has a price of its own.</summary>
    public async Task AddChargeAsync(Guid patientId, Guid visitId)
    {
        var administrator = await ActorAsync(await AddStaffAsync(Roles.Administrator));
        var reception = await ActorAsync(await AddStaffAsync(Roles.Reception));
        var price = await host.Get<PriceListService>()
            .SetAsync(administrator, new NewPrice($"P{++counter}", "Consultation", "40.00"), CancellationToken.None);
        await host.Get<BillingService>().AddChargeAsync(reception, patientId, visitId, price.Value, CancellationToken.None);
    }

    /// <summary>A preliminary record, with a diagnosis where a text for it is given; answers with the record's id.</summary>
    public async Task<Guid> AddRecordAsync(Guid patientId, TestPerson author, string symptoms = "Headache since Monday.",
        string? diagnosis = null)
    {
        var (id, diagnosisId, protector) = (host.Clock.NewId(), host.Clock.NewId(), host.Get<FieldProtector>());
        await host.ArrangeAsync(db =>
        {
            db.Set<MedicalRecord>().Add(new MedicalRecord
            {
                Id = id,
                PatientId = patientId,
                AuthorId = author.AccountId,
                OnBehalf = author.PatientId is null,
                Symptoms = protector.Seal(symptoms, FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.Symptoms))),
                CreatedAt = host.Clock.Now(),
            });
            if (diagnosis is not null)
            {
                db.Set<Diagnosis>().Add(new Diagnosis
                {
                    Id = diagnosisId,
                    PatientId = patientId,
                    RecordId = id,
                    Revision = 1,
                    Text = protector.Seal(diagnosis,
                        FieldPlace.Of<Diagnosis>(diagnosisId, Diagnosis.OwnerOf(patientId, id), nameof(Diagnosis.Text))),
                    Certainty = Certainty.Provisional,
                    AuthorId = author.AccountId,
                    RecordedAt = host.Clock.Now(),
                });
            }
        });
        return id;
    }

    /// <summary>A further session of somebody, as a second browser would have it.</summary>
    public async Task<TestPerson> SignInAgainAsync(TestPerson person)
    {
        await using var db = await host.OpenAsync();
        var account = db.Set<Account>().Single(row => row.Id == person.AccountId);
        var session = host.Get<SessionService>().Start(db, account, SessionStage.Full, Client);
        await db.SaveChangesAsync();
        return person with { SessionToken = session.Token };
    }

    private async Task<TestPerson> AddAsync(Roles roles, Guid? patientId, string? displayName = null)
    {
        var (id, number) = (host.Clock.NewId(), Next());
        var account = new Account(id, $"person{number}@test.example", displayName ?? $"Person {number}", roles);
        account.SetPassword(PasswordHash.Value);
        account.ConfirmEmail();
        if (roles.HasAny(Roles.Staff))
        {
            account.BeginEnrolment(host.Get<FieldProtector>()
                .Seal(AuthenticatorKey, FieldPlace.Of(account, nameof(Account.AuthenticatorKey))), host.Clock.GetUtcNow());
            account.CompleteEnrolment(step: 0);
        }

        if (patientId is { } linked)
        {
            account.LinkTo(linked);
        }

        StartedSession? session = null;
        await host.ArrangeAsync(db =>
        {
            db.Set<Account>().Add(account);
            session = host.Get<SessionService>().Start(db, account, SessionStage.Full, Client);
        });
        return new TestPerson(id, account.Email!, session!.Token, patientId);
    }

    private int Next() => Interlocked.Increment(ref counter);
}
