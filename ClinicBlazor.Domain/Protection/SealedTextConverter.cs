using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClinicBlazor.Domain.Protection;

/// <summary>A sealed text is stored as the bytes of its envelope.</summary>
internal sealed class SealedTextConverter() : ValueConverter<SealedText, byte[]>(text => text.ToArray(), bytes => new SealedText(bytes));
