using ClinicBlazor.Domain.Documents;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace ClinicBlazor.App.Documents;

/// <summary>
/// Where documents come in and go out: over plain HTTP, never through a circuit. Who may do what is the domain's to say, for
/// everybody who is signed in: a document that is not there, one that is somebody else's, and one that a role opens none of are
/// answered alike, and a refusal is in the trail with the patient.
/// </summary>
internal static class DocumentEndpoints
{
    /// <summary>Where all addresses of documents begin.</summary>
    public const string Path = "/documents";

    // A browser may frame a body; what is larger than a document and its frame is not read.
    private const long BodyBytes = DocumentService.MostBytes + 1024;

    /// <summary>Maps them.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, FileIntake.TakeAsync).RequireAuthorization()
            .WithMetadata(new RequireAntiforgeryTokenAttribute(), new RequestSizeLimitAttribute(BodyBytes));
        app.MapGet($"{Path}/{{id:guid}}", DocumentDownload.SendAsync).RequireAuthorization();
        app.MapGet($"{Path}/{{id:guid}}/thumbnail", DocumentDownload.SendThumbnailAsync).RequireAuthorization();
    }

    /// <summary>The address of a document's file.</summary>
    public static string AddressOf(Guid documentId) => $"{Path}/{documentId:D}";

    /// <summary>The address of its small picture.</summary>
    public static string ThumbnailOf(Guid documentId) => $"{AddressOf(documentId)}/thumbnail";
}
