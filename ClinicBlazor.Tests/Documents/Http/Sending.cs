using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Documents.Content;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents.Http;

/// <summary>What is answered to a file that was taken.</summary>
internal sealed record Taken(Guid Id, string Name);

/// <summary>A body that is written by hand.</summary>
internal sealed class SlowContent(Func<Stream, Task> send) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => send(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

/// <summary>Sends files to a running application as its pages do, and looks at what lies in its folder.</summary>
internal static class Sending
{
    /// <summary>A PDF of about that many bytes, other than any before.</summary>
    public static byte[] NewPdf(int bytes = 2048) =>
        MadePdf.With(objects: MadePdf.Stream("", MadePdf.Bytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes / 2)))));

    /// <summary>The antiforgery token that a page lends to its script.</summary>
    public static async Task<string> TokenAsync(this HttpVisitor visitor) =>
        (await visitor.OpenAsync("/account")).QuerySelector("#sign-out-form [name=__RequestVerificationToken]")!.GetAttribute("value")!;

    /// <summary>Sends a file with all that the script sends along.</summary>
    public static async Task<HttpResponseMessage> SendFileAsync(
        this HttpVisitor visitor, string place, byte[] content, string name = "letter.pdf", Guid? command = null) =>
        await visitor.SendFileAsync(place, new ByteArrayContent(content), await visitor.TokenAsync(), name, command);

    /// <summary>The same with a body and a token of the test's own; no token for null.</summary>
    public static async Task<HttpResponseMessage> SendFileAsync(
        this HttpVisitor visitor, string place, HttpContent content, string? token, string name = "letter.pdf", Guid? command = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/documents?{place}") { Content = content };
        content.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        request.Headers.Add("X-Command-Id", $"{command ?? Guid.CreateVersion7()}");
        request.Headers.Add("X-File-Name", Uri.EscapeDataString(name));
        if (token is not null)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }

        return await visitor.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The document that an answer tells of.</summary>
    public static async Task<Taken> TakenAsync(this HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Taken>())!;
    }

    /// <summary>What an answer says of the file that was not taken.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["message"];

    /// <summary>All files that lie in the documents folder, those that are being written too.</summary>
    public static IReadOnlyList<FileInfo> FilesOfDocuments(this AppHost host)
    {
        var folder = new DirectoryInfo(Path.Combine(host.DataDirectory, "documents"));
        return folder.Exists ? folder.GetFiles("*", SearchOption.AllDirectories) : [];
    }

    /// <summary>How much has been written of files that are on their way.</summary>
    public static long BytesOnTheirWay(this AppHost host) =>
        host.FilesOfDocuments().Where(file => file.Extension == ".part").Sum(file => file.Exists ? file.Length : 0);

    public static async Task<Guid> PatientOfAsync(this AppHost host, string email)
    {
        var normalized = Account.Normalize(email);
        await using var db = await host.OpenAsync();
        return (await db.Set<Account>().Where(row => row.NormalizedEmail == normalized).Select(row => row.PatientId).SingleAsync())!.Value;
    }

    public static async Task<Guid> RecordOfAsync(this AppHost host, string email)
    {
        var patientId = await host.PatientOfAsync(email);
        await using var db = await host.OpenAsync();
        return await db.Set<MedicalRecord>().Where(row => row.PatientId == patientId).Select(row => row.Id).FirstAsync();
    }

    /// <summary>Ends every session of an account, from elsewhere.</summary>
    public static async Task EndSessionsAsync(this AppHost host, string email)
    {
        var normalized = Account.Normalize(email);
        await using var db = await host.OpenAsync();
        var account = await db.Set<Account>().Where(row => row.NormalizedEmail == normalized).Select(row => row.Id).SingleAsync();
        var open = await db.Set<Session>().AsTracking().Where(row => row.AccountId == account && row.End == null).ToListAsync();
        foreach (var session in open)
        {
            session.Revoke(SessionEnd.SignedOut, host.Clock.GetUtcNow());
        }

        await db.SaveChangesAsync();
    }
}
