using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace ClinicBlazor.Tests.Protection;

/// <summary>
/// Whoever takes the database away finds no protected value in it: neither in the bytes of the SQLite file and its log,
/// nor in a dump of PostgreSQL, and in no usual spelling of bytes.
/// </summary>
[Trait("Requirement", "S4-05")]
[Trait("Requirement", "S1-02")]
public sealed class AtRestTests
{
    // Stands in the clear on purpose: where this is not found, nothing would be.
    private const string Clear = "Quillfeather";

    private static readonly string[] Typed =
    [
        "900-12-3487", "900123487", "901-45-6789", "901456789", "heliotrope rash", "since the solstice", "worse under larkspur",
            "mastoiditis suspected",
        "a half-written sentence", "entered for the wrong twin", TestPeople.Password, TestPeople.AuthenticatorKey,
            "Another-Horse-8-Battery",
    ];

    [Fact]
    public async Task SqliteFile_AfterADayOfWork_HoldsNoProtectedValue()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);

        // The log goes with the last connection.
        await using var db = await host.OpenAsync();
        await db.Database.OpenConnectionAsync();
        var secrets = await WorkAsync(host);
        var files = Directory.GetFiles(host.Settings.DataDirectory).ToList();
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        var bytes = files.SelectMany(ReadShared).ToArray();

        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Clear)) >= 0, "The search itself finds nothing.");
        Assert.All(secrets, secret => AssertAbsent(bytes, secret.Name, secret.Value));
    }

    [Fact]
    public async Task PostgresDump_AfterADayOfWork_HoldsNoProtectedValue()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Postgres);
        var secrets = await WorkAsync(host);
        var intruder = new Intruder(host);
        var dump = new StringBuilder();
        foreach (var table in await intruder.TablesAsync())
        {
            foreach (var row in await intruder.QueryAsync($"SELECT t::text FROM \"{table}\" AS t"))
            {
                dump.AppendLine((string)row[0]!);
            }
        }

        var bytes = Encoding.UTF8.GetBytes(dump.ToString());
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Clear)) >= 0, "The search itself finds nothing.");
        Assert.All(secrets, secret => AssertAbsent(bytes, secret.Name, secret.Value));
    }

    /// <summary>Brings every protected column into use; answers with what must not be found.</summary>
    private static async Task<IReadOnlyList<(string Name, byte[] Value)>> WorkAsync(DomainHost host)
    {
        var (reception, doctor) = (await host.People.AddStaffAsync(Roles.Reception), await host.People.AddStaffAsync(Roles.Doctor));
        var (atDesk, atChart) = (await host.People.ActorAsync(reception), await host.People.ActorAsync(doctor));
        var patientId = (await host.Get<PatientService>().RegisterAsync(
            atDesk, new NewPatient("Zebulon", Clear, "1971-04-05", Sex.Male, Ssn: "900-12-3487", Tin: "901-45-6789"),
                CancellationToken.None)).Value;
        await host.People.AssignAsync(doctor, patientId);
        var records = host.Get<RecordService>();
        var problem = new ProblemDescription("heliotrope rash", "since the solstice", 7, "worse under larkspur");
        var signed = (await records.WriteOnBehalfAsync(atChart, patientId, problem, CancellationToken.None)).Value;
        await records.SaveDiagnosisAsync(atChart, patientId, signed,
            new DiagnosisInput("mastoiditis suspected", null, Certainty.Provisional, await VersionAsync(signed)), CancellationToken.None);
        Assert.True((await records.SignAsync(atChart, patientId, signed, await VersionAsync(signed), CancellationToken.None)).IsSuccess);
        var wrong = (await records.WriteOnBehalfAsync(atChart, patientId, problem, CancellationToken.None)).Value;
        Assert.True(
            (await records.MarkEnteredInErrorAsync(atChart, patientId, wrong, "entered for the wrong twin", await VersionAsync(wrong),
            CancellationToken.None)).IsSuccess);
        Assert.True(
            (await host.Get<DraftService>()
            .SaveAsync(atChart, patientId, DraftService.NewRecordForm, "a half-written sentence", CancellationToken.None)).IsSuccess);
        var codes = (
            await host.Get<OwnAccountService>().RenewRecoveryCodesAsync(atChart, TestPeople.Password, CancellationToken.None)).Value;
        await host.Get<RegistrationService>()
            .RequestPasswordResetAsync(Actor.Anonymous(TestPeople.Client), reception.Email, CancellationToken.None);
        var link = (await host.SentAsync()).Single(mail => mail.Kind == AccountMailKind.PasswordReset).Token!;
        Assert.True(
            (await host.Get<RegistrationService>()
            .ChoosePasswordAsync(Actor.Anonymous(TestPeople.Client), link, "Another-Horse-8-Battery", CancellationToken.None)).IsSuccess);

        return
        [
            .. Typed.Select(text => (text, Encoding.UTF8.GetBytes(text))),
            .. codes.SelectMany(code => (string[])[code, code.Replace("-", "", StringComparison.Ordinal)])
                .Select(code => ("recovery code", Encoding.UTF8.GetBytes(code))),
            ("mailed link", Encoding.UTF8.GetBytes(link)),
            ("session", Encoding.UTF8.GetBytes(doctor.SessionToken)),
            ("authenticator key", Base32Encoding.ToBytes(TestPeople.AuthenticatorKey)),
            ("signing key", await SigningKeyAsync(host)),
            .. TestKeys.Made.Select(
                purpose => ($"data key {purpose}", host.Services.GetRequiredService<KeyRing>().Current(purpose).Secret)),
        ];

        async Task<Guid> VersionAsync(Guid recordId) => (await records.GetAsync(atChart, recordId, CancellationToken.None)).Value.Version;
    }

    private static async Task<byte[]> SigningKeyAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        var key = Assert.Single(db.Set<SigningKey>().ToList());
        var text = host.Get<FieldProtector>().Open(key.PrivateKey, FieldPlace.Of(key, nameof(SigningKey.PrivateKey)));

        // The private number stands in the middle of PKCS #8; the public half, which follows, is no secret.
        return Convert.FromBase64String(text)[36..68];
    }

    private static void AssertAbsent(byte[] stored, string name, byte[] secret)
    {
        byte[][] spellings =
        [
            secret,
            Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(secret)),
            Encoding.UTF8.GetBytes(Convert.ToHexString(secret)),
            Encoding.UTF8.GetBytes(Convert.ToHexStringLower(secret)),
            Encoding.UTF8.GetBytes(Convert.ToBase64String(secret).TrimEnd('=')[..^1]),
        ];
        Assert.All(spellings, spelling => Assert.False(stored.AsSpan().IndexOf(spelling) >= 0, $"Found: {name}"));
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
