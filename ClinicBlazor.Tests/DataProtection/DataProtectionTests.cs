using System.Net;
using System.Text;
using System.Xml.Linq;
using ClinicBlazor.App.Hosting.Checks;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.DataProtection;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.DataProtection;

/// <summary>The keys of ASP.NET's data protection: sealed in the database, shared by all instances, renewed.</summary>
[Trait("Requirement", "S4-05")]
public sealed class DataProtectionTests
{
    private const string Login = "/Identity/Account/Login";

    [Fact]
    public async Task Keys_OnDiskAndInTheDatabase_LieNowhereInTheClear()
    {
        await using var host = await AppHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync(Login);

        var secrets = (await host.Get<DataProtectionKeyStore>().ListAsync(CancellationToken.None))
            .SelectMany(xml => XElement.Parse(xml).Descendants("masterKey")).Select(element => element.Element("value")!.Value).ToList();
        var bytes = Directory.EnumerateFiles(host.DataDirectory, "*", SearchOption.AllDirectories).SelectMany(ReadShared).ToArray();

        Assert.True(bytes.AsSpan().IndexOf("DataProtectionKeys"u8) >= 0, "The search itself finds nothing.");
        Assert.All(secrets, secret => Assert.Equal(64, Convert.FromBase64String(secret).Length));
        Assert.NotEmpty(secrets);
        Assert.All(secrets.SelectMany(Spellings), spelling => Assert.True(bytes.AsSpan().IndexOf(spelling) < 0));
        Assert.True(bytes.AsSpan().IndexOf("masterKey"u8) < 0);
        Assert.Empty(Directory.EnumerateFiles(host.DataDirectory, "*.xml", SearchOption.AllDirectories));
    }

    [Fact]
    [Trait("Requirement", "S2-15")]
    public async Task Tokens_OfEitherOfTwoInstances_AreTakenByTheOther()
    {
        await using var one = await AppHost.StartAsync();
        await using var other = await StartBesideAsync(one);

        Assert.True(await IsTakenAsync(one, other));
        Assert.True(await IsTakenAsync(other, one));
        Assert.Single(await one.Get<DataProtectionKeyStore>().ListAsync(CancellationToken.None));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Key_AHundredDaysOld_IsFollowedByAnAuditedOneAndStillReadable()
    {
        await using var old = await AppHost.StartAsync();
        using var visitor = old.NewVisitor();
        var page = await visitor.OpenAsync(Login);

        // The framework reads the system's clock; a hundred days later its key is a hundred days older.
        await AgeKeyAsync(old, TimeSpan.FromDays(100));
        var created = await CreatedAsync(old);
        await using var renewed = await StartBesideAsync(old);
        var keys = (await old.Get<DataProtectionKeyStore>().ListAsync(CancellationToken.None)).Select(XElement.Parse).ToList();

        Assert.Equal(2, keys.Count);
        Assert.Equal(created + 1, await CreatedAsync(old));
        Assert.InRange(Date(keys[1], "expirationDate") - Date(keys[1], "creationDate"), TimeSpan.FromDays(89), TimeSpan.FromDays(91));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(visitor, page, renewed));

        // What the new key signs, the instance that was there before finds by itself.
        Assert.True(await IsTakenAsync(renewed, old));
    }

    [Fact]
    public async Task Key_WithAChangedByte_StopsTheNextStartAndIsNotAKeyLess()
    {
        await using var host = await AppHost.StartAsync();
        var settings = host.Get<IOptions<ClinicSettings>>().Value;
        var intruder = new Intruder(DatabaseKind.Sqlite, settings);
        var stored = (byte[])(await intruder.QueryAsync("SELECT Xml FROM DataProtectionKeys"))[0][0]!;
        stored[^1] ^= 1;
        Assert.Equal(1, await intruder.ExecuteAsync("UPDATE DataProtectionKeys SET Xml = @p0", stored));

        var refusal = await Assert.ThrowsAsync<StartupRefusedException>(() => StartBesideAsync(host));

        Assert.Contains("data-protection key", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("data-protection key", await host.ReadLogAsync(), StringComparison.Ordinal);
        Assert.Equal(1L, (await intruder.QueryAsync("SELECT COUNT(*) FROM DataProtectionKeys"))[0][0]);
    }

    /// <summary>A further instance on the same database.</summary>
    private static Task<AppHost> StartBesideAsync(AppHost host) =>
        AppHost.StartAsync(new Dictionary<string, string?> { ["Clinic:DataDirectory"] = host.DataDirectory });

    /// <summary>True when a form of one instance is taken by another.</summary>
    private static async Task<bool> IsTakenAsync(AppHost issuer, AppHost taker)
    {
        using var visitor = issuer.NewVisitor();
        return await SendAsync(visitor, await visitor.OpenAsync(Login), taker) == HttpStatusCode.OK;
    }

    /// <summary>Sends an open sign-in form, whose answer is the form again; a token that does not fit is a bad request.</summary>
    private static async Task<HttpStatusCode> SendAsync(HttpVisitor visitor, AngleSharp.Html.Dom.IHtmlDocument page, AppHost taker)
    {
        var token = page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var answer = await visitor.PostAsync(new Uri(taker.Address, Login).ToString(),
            new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
        return answer.StatusCode;
    }

    private static async Task AgeKeyAsync(AppHost host, TimeSpan by)
    {
        var protector = host.Get<FieldProtector>();
        await using var db = await host.OpenAsync();
        var stored = await db.Set<DataProtectionKey>().SingleAsync();
        var place = FieldPlace.Of(stored, nameof(DataProtectionKey.Xml));
        var xml = XElement.Parse(protector.Open(stored.Xml, place));
        foreach (var name in (string[])["creationDate", "activationDate", "expirationDate"])
        {
            xml.Element(name)!.SetValue(Date(xml, name) - by);
        }

        db.Set<DataProtectionKey>().Remove(stored);
        db.Set<DataProtectionKey>().Add(
            new DataProtectionKey
            {
                Id = stored.Id, Xml = protector.Seal(xml.ToString(), place),
                CreatedAt = stored.CreatedAt - by
            });
        await db.SaveChangesAsync();
    }

    private static DateTimeOffset Date(XElement key, string name) => (DateTimeOffset)key.Element(name)!;

    private static async Task<int> CreatedAsync(AppHost host)
    {
        await using var db = await host.OpenAsync();
        return await db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.KeyCreated);
    }

    private static IEnumerable<byte[]> Spellings(string secret) =>
        [Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret), Convert.FromBase64String(secret)];

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
