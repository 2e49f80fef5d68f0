namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>A file that may be kept.</summary>
/// <param name="Format">What it is, by its content.</param>
/// <param name="Extension">The ending of its name, without the dot: <c>pdf</c>, <c>jpg</c>, <c>png</c> or <c>txt</c>.</param>
/// <param name="Replacement">
/// What is kept in its place: a picture written anew, a text in UTF-8; null when the file is kept as it came.
/// </param>
/// <param name="Thumbnail">A small JPEG of a picture; null for everything else.</param>
public sealed record InspectedContent(
    DocumentFormat Format, string Extension, ReadOnlyMemory<byte>? Replacement, ReadOnlyMemory<byte>? Thumbnail);
