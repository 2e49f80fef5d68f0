using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.Domain.Demo;

/// <summary>
/// The made-up patients of the demo clinic and their charts. Whatever stands in a chart stands in the audit trail too, so
/// that a patient's history of looks is true.
/// </summary>
public sealed class DemoCharts(
    RecordSigner signer, FieldProtector protector, BlindIndex blindIndex, DemoMorning morning, AuditTrail trail, TimeProvider time)
{
    private const int FirstNumber = 10_231;
    private const int Crowd = 197;
    private const int DaysKnown = 400;

    /// <summary>Whoever registers the patients and checks them in.</summary>
    internal Account Reception
    {
        get => morning.Reception;
        set => morning.Reception = value;
    }

    private readonly Dictionary<Guid, string> waiting = [];
    private readonly Queue<(MedicalRecord Record, Diagnosis Diagnosis, Account Doctor)> toSign = new();
    private int number = FirstNumber;

    /// <summary>Alice Archer: one record diagnosed and signed, one that waits.</summary>
    internal Guid AddAlice(ClinicDbContext db, Account doctor, Account nurse)
    {
        var alice = Add(db, "Alice", "Archer", new DateOnly(1981, 3, 12), Sex.Female, "(555) 010-0142", "900123401",
            "18 Orchard Lane, Apt 4");
        Assign(db, alice, doctor, nurse);
        var record = Record(db, alice, doctor, onBehalf: true, DemoTexts.SignedSymptoms, days: 37, "12 days ago", 5,
            "Steam helps. Bending and lying flat make it worse.");
        toSign.Enqueue((record, Diagnose(db, record, doctor, DemoTexts.SignedDiagnosis, "J01.0", Certainty.Confirmed), doctor));
        waiting[alice] = DemoTexts.AliceWaiting;
        return alice;
    }

    /// <summary>
    /// Signs one of the records that were diagnosed; false when all are. A locked record takes no diagnosis, so this comes
    /// after the rest was saved, and each is saved before the next.
    /// </summary>
    internal async Task<bool> SignNextAsync(ClinicDbContext db, CancellationToken ct)
    {
        if (!toSign.TryDequeue(out var next))
        {
            return false;
        }

        var (record, diagnosis, doctor) = next;
        var signature = await signer.SignAsync(db, record, [diagnosis], doctor.Id, ct);
        db.Set<Signature>().Add(signature);
        record.Finalise();
        Tell(db, doctor, AuditAct.RecordSigned, record.PatientId, signature.SignedAt, record.Id);
        return true;
    }

    /// <summary>Bob Brook: one record that waits.</summary>
    internal Guid AddBob(ClinicDbContext db, Account doctor, Account nurse)
    {
        var bob = Add(db, "Bob", "Brook", new DateOnly(1968, 7, 2), Sex.Male, "(555) 010-0187", "900123402", "7 Mill Street");
        Assign(db, bob, doctor, nurse);
        waiting[bob] = DemoTexts.BobWaiting;
        return bob;
    }

    /// <summary>Carol Cole: one record that waits.</summary>
    internal Guid AddCarol(ClinicDbContext db, Account doctor)
    {
        var carol = Add(db, "Carol", "Cole", new DateOnly(1994, 1, 30), Sex.Female, "(555) 010-0119", "900123403", "2 Station Road");
        Assign(db, carol, doctor);
        waiting[carol] = DemoTexts.CarolWaiting;
        return carol;
    }

    /// <summary>Sends the record that waits, as the patient's own account would.</summary>
    internal void SendWaiting(ClinicDbContext db, Guid patientId, Account account) =>
        Record(db, patientId, account, onBehalf: false, waiting[patientId], days: 0, "Since Sunday", 6, null);

    /// <summary>Enough others that lists and search look like a clinic's. The same every time.</summary>
    internal void AddCrowd(ClinicDbContext db, Account adams, Account baker, Account nurse)
    {
        var dice = new Random(20261120);
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        for (var i = 0; i < Crowd; i++)
        {
            number += dice.Next(1, 8);
            var female = dice.Next(2) == 0;
            var given = Pick(dice, female ? DemoTexts.FemaleNames : DemoTexts.MaleNames);
            var ssn = string.Create(CultureInfo.InvariantCulture, $"9{dice.Next(10, 99)}{dice.Next(70, 89)}{1000 + (i * 37)}");
            var phone = string.Create(CultureInfo.InvariantCulture, $"(555) 01{dice.Next(1, 9)}-{dice.Next(0, 9999):D4}");
            var patient = Add(
                db, given, Pick(dice, DemoTexts.FamilyNames), today.AddDays(-dice.Next(600, 33_000)), female ? Sex.Female : Sex.Male,
                    phone, ssn,
                string.Create(CultureInfo.InvariantCulture, $"{dice.Next(1, 120)} {Pick(dice, DemoTexts.Streets)}"));
            if (i % 9 == 8)
            {
                continue;
            }

            var doctor = i % 2 == 0 ? adams : baker;
            Assign(db, patient, i % 3 == 0 ? [doctor, nurse] : [doctor]);
            AddChart(db, dice, i, patient, doctor, nurse);
        }
    }

    private void AddChart(ClinicDbContext db, Random dice, int i, Guid patient, Account doctor, Account nurse)
    {
        if (i % 4 == 0)
        {
            var (symptoms, text, code) = Pick(dice, DemoTexts.Charts);
            var (isDiagnosed, isSigned, days) = (i % 16 != 4, i % 24 != 0, dice.Next(1, 300));

            // What is signed may be long ago; what waits came in these days.
            var record = Record(db, patient, doctor, onBehalf: true, symptoms, isDiagnosed && isSigned ? days : 1 + (days % 4), null,
                dice.Next(1, 9), null);
            if (isDiagnosed)
            {
                var diagnosis = Diagnose(db, record, doctor, text, code,
                    Pick(dice, [Certainty.Provisional, Certainty.Confirmed, Certainty.Differential]));
                if (isSigned)
                {
                    toSign.Enqueue((record, diagnosis, doctor));
                }
            }
        }

        if (i % 5 == 3)
        {
            morning.Add(db, patient, doctor, nurse);
        }
    }

    private Guid Add(ClinicDbContext db, string given, string family, DateOnly birthDate, Sex sex, string phone, string ssn, string address)
    {
        var id = time.NewId();
        var patient = new Patient { Id = id, Number = number++, RegisteredAt = time.Now().AddDays(-DaysKnown) };
        patient.Identify(given, family, birthDate, sex);
        patient.SetContact(Phones.Normal(phone, "US"), email: null, address);
        patient.SetIdentifiers(
            protector.Seal(ssn, FieldPlace.Of<Patient>(id, new(id), nameof(Patient.Ssn))), blindIndex.Of(nameof(Patient.Ssn), ssn),
                tin: null);
        db.Set<Patient>().Add(patient);
        Tell(db, Reception, AuditAct.PatientCreated, id, patient.RegisteredAt);
        return id;
    }

    private void Assign(ClinicDbContext db, Guid patientId, params Account[] staff)
    {
        foreach (var account in staff)
        {
            var grant = new AccessGrant
            {
                Id = time.NewId(),
                PatientId = patientId,
                AccountId = account.Id,
                Kind = GrantKind.CareTeam,
                StartsAt = time.Now().AddDays(-DaysKnown).AddMinutes(1),
            };
            db.Set<AccessGrant>().Add(grant);
            Tell(db, Reception, AuditAct.CareTeamJoined, patientId, grant.StartsAt, subject: account.Id);
        }
    }

    private void Tell(ClinicDbContext db, Account who, AuditAct act, Guid patient, DateTimeOffset then, Guid? record = null,
        Guid? subject = null) =>
        trail.AddMadeUp(db, who.Roles,
            new AuditTrace(act) { AccountId = who.Id, PatientId = patient, RecordId = record, SubjectId = subject }, then);

    private MedicalRecord Record(
        ClinicDbContext db, Guid patientId, Account author, bool onBehalf, string symptoms, int days, string? onset, int? severity,
            string? modifying)
    {
        var sent = time.Now().AddDays(-days).AddMinutes(-12);
        var id = Guid.CreateVersion7(sent);
        var record = new MedicalRecord
        {
            Id = id,
            PatientId = patientId,
            AuthorId = author.Id,
            OnBehalf = onBehalf,
            Symptoms = protector.Seal(symptoms, FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.Symptoms))),
            Onset = protector.SealOptional(onset, FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.Onset))),
            Severity = severity,
            ModifyingFactors = protector.SealOptional(modifying,
                FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.ModifyingFactors))),
            CreatedAt = sent,
        };
        db.Set<MedicalRecord>().Add(record);
        Tell(db, author, AuditAct.RecordCreated, patientId, sent, id);
        return record;
    }

    private Diagnosis Diagnose(ClinicDbContext db, MedicalRecord record, Account doctor, string text, string code, Certainty certainty)
    {
        var id = time.NewId();
        var diagnosis = new Diagnosis
        {
            Id = id,
            PatientId = record.PatientId,
            RecordId = record.Id,
            Revision = 1,
            Code = protector.Seal(code,
                FieldPlace.Of<Diagnosis>(id, Diagnosis.OwnerOf(record.PatientId, record.Id), nameof(Diagnosis.Code))),
            Text = protector.Seal(text,
                FieldPlace.Of<Diagnosis>(id, Diagnosis.OwnerOf(record.PatientId, record.Id), nameof(Diagnosis.Text))),
            Certainty = certainty,
            AuthorId = doctor.Id,
            RecordedAt = record.CreatedAt.AddMinutes(40),
        };
        db.Set<Diagnosis>().Add(diagnosis);
        record.Diagnosed();
        Tell(db, doctor, AuditAct.RecordRead, record.PatientId, diagnosis.RecordedAt.AddMinutes(-5), record.Id);
        Tell(db, doctor, AuditAct.DiagnosisSaved, record.PatientId, diagnosis.RecordedAt, record.Id);
        return diagnosis;
    }

    private static T Pick<T>(Random dice, IReadOnlyList<T> from) => from[dice.Next(from.Count)];
}
