namespace ClinicBlazor.App.Areas.Identity;

/// <summary>Names the resource files with the words of the pages around the sign-in; English is the key.</summary>
public sealed class IdentityText
{
}
