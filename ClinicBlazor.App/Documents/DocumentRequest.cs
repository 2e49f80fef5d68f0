using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Documents;

/// <summary>
/// What a request says of the file that is its body. Its name and the name of the act stand in headers: an address is written
/// into logs on the way, and a name may say what somebody suffers from, or climb out of folders, which no address may.
/// </summary>
/// <param name="Command">Names the act: a file that is sent again after a lost connection is one document.</param>
/// <param name="Document">What is to be known of the file.</param>
internal sealed record DocumentRequest(CommandId Command, NewDocument Document)
{
    /// <summary>The header with the name of the act, a GUID.</summary>
    public const string CommandHeader = "X-Command-Id";

    /// <summary>The header with the name of the file, percent-encoded UTF-8.</summary>
    public const string NameHeader = "X-File-Name";

    /// <summary>Where a file is posted to for a place.</summary>
    public static string AddressFor(DocumentScope scope) =>
        $"{DocumentEndpoints.Path}?patient={scope.PatientId:D}{Part("record", scope.RecordId)}{Part("visit", scope.VisitId)}"
        + Part("description", scope.Description);

    /// <summary>Reads the request; null for one that no page of this site sends.</summary>
    public static DocumentRequest? Of(HttpRequest request) =>
        Guid.TryParse(request.Headers[CommandHeader], out var command) && Guid.TryParse(request.Query["patient"], out var patientId)
            && TryRead(request, "record", out var recordId) && TryRead(request, "visit", out var visitId)
            && TryRead(request, "description", out var description)
            ? new(new CommandId(command),
                new NewDocument(patientId, Uri.UnescapeDataString(request.Headers[NameHeader].ToString()), recordId, visitId)
                {
                    Description = description is { } sentBy ? new CommandId(sentBy) : null,
                })
            : null;

    private static string Part(string name, Guid? id) => id is { } given ? $"&{name}={given:D}" : "";

    private static bool TryRead(HttpRequest request, string name, out Guid? id)
    {
        var text = request.Query[name].ToString();
        id = Guid.TryParse(text, out var given) ? given : null;
        return text.Length == 0 || id is not null;
    }
}
