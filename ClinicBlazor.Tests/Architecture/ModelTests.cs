using System.Reflection;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>What the entity model must hold of every table, also of those that are added later.</summary>
[Trait("Requirement", "S4-01")]
public sealed class ModelTests
{
    /// <summary>Entities that name a patient and are not the patient's rows, each with its reason.</summary>
    private static readonly Dictionary<Type, string> NamingAPatient = new()
    {
        [typeof(Account)] = "the link by which an account is a patient's; accounts are no patient's data",
        [typeof(AuditEntry)] = "must name also who does not exist or is out of reach",
        [typeof(LookReport)] = "what the patient and those who review the trail tell each other; its own filter shows it to these alone",
        [typeof(AuditListed)] = "a part of the entry, written whoever reads; its own filter shows it to the patient and to the audit",
    };

    private static readonly IReadOnlyList<IEntityType> Entities = [.. BothModels.Sqlite.GetEntityTypes()];

    private static IEnumerable<IEntityType> PatientOwned => Entities.Where(entity => entity.ClrType.IsAssignableTo(typeof(IPatientOwned)));

    [Fact]
    public void Entities_All_AreInternalAndSealed()
    {
        Assert.NotEmpty(Entities);
        Assert.All(Entities, entity => Assert.True(entity.ClrType is { IsVisible: false, IsSealed: true }, entity.Name));
    }

    [Fact]
    public void Entities_OwnedByAPatient_CarryTheAccessFilterAndNoOther()
    {
        var filtered = PatientOwned.Where(entity => !entity.ClrType.IsAssignableTo(typeof(IAccessGrant))).ToList();

        Assert.NotEmpty(filtered);
        Assert.All(filtered, entity => Assert.Equal(
            entity.ClrType.IsAssignableTo(typeof(IDiscardable)) ? [ClinicDbContext.AccessFilter, ClinicDbContext.AuthorFilter]
                : [ClinicDbContext.AccessFilter],
            entity.GetDeclaredQueryFilters().Select(filter => filter.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Entities_ThatDecideAccess_AreTheGrantsAlone() =>
        Assert.Equal([typeof(AccessGrant)],
            PatientOwned.Where(entity => entity.GetDeclaredQueryFilters().Count == 0).Select(entity => entity.ClrType));

    /// <summary>Tables that every lease reads, each with its reason.</summary>
    [Fact]
    public void Entities_WithoutAFilter_AreOnTheList()
    {
        string[] open =
        [
            // Names of staff stand beside everything, and whoever signs in is nobody yet.
            "Account", "AccountWord",

            // What decides access and power, or is decided before there is a reader.
            "AccessGrant", "RoleGrant", "StaffRoster", "SigningKey", "PatientNumber",

            // What is answered once more, or waits to be sent: sealed or hashed, and asked for by its key alone.
            "CommandReceipt", "QueuedMail",

            // How often somebody was refused, counted before and after everything else.
            "DenialTally",
        ];

        var unfiltered = Entities.Where(entity => entity.GetDeclaredQueryFilters().Count == 0).ToList();
        Assert.Empty(open.Except(unfiltered.Select(entity => entity.ClrType.Name)));
        Assert.Empty(
            unfiltered.Where(entity => entity.GetProperties().Any(property => property.Name is "PatientId" or "AccountId" or "AuthorId"))
            .Select(entity => entity.ClrType.Name).Except(open));
    }

    [Fact]
    public void Entities_ThatSomebodySignsInWith_CarryTheFilterOfTheirOwner() =>
        Assert.Equal(
            ["AccountToken", "KnownBrowser", "Passkey", "RecoveryCode", "Session"],
            Entities.Where(entity => entity.GetDeclaredQueryFilters().Select(filter => filter.Key).Contains(ClinicDbContext.OwnerFilter))
                .Select(entity => entity.ClrType.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Entities_OwnedByAPatient_AreEitherClinicalOrDemographic() =>
        Assert.All(PatientOwned, entity => Assert.True(
            entity.ClrType.IsAssignableTo(typeof(IClinical)) != entity.ClrType.IsAssignableTo(typeof(IDemographic)),
                $"{entity.Name} is watched by neither or by both sides of the guard."));

    [Fact]
    public void Entities_ThatNameAPatient_AreOwnedByThePatientOrOnTheList() =>
        Assert.Equal(
            NamingAPatient.Keys.OrderBy(type => type.Name),
            Entities.Select(entity => entity.ClrType).Where(type => type.GetProperty(nameof(IPatientOwned.PatientId)) is not null)
                .Where(type => !type.IsAssignableTo(typeof(IPatientOwned))).OrderBy(type => type.Name));

    [Fact]
    public void Entities_ThatReferToAPatientsRow_AreOwnedByThePatientToo() =>
        Assert.All(
            Entities.SelectMany(entity => entity.GetForeignKeys())
                .Where(key => key.PrincipalEntityType.ClrType.IsAssignableTo(typeof(IPatientOwned))),
            key => Assert.True(key.DeclaringEntityType.ClrType.IsAssignableTo(typeof(IPatientOwned)), $"{key}"));

    [Fact]
    public void ForeignKeys_ToAPatientsRow_NameThePatientToo()
    {
        var keys = Entities.SelectMany(entity => entity.GetForeignKeys())
            .Where(key => key.PrincipalEntityType.ClrType != typeof(Patient)
                && key.PrincipalEntityType.ClrType.IsAssignableTo(typeof(IPatientOwned)));
        var single = keys.Where(key => key.Properties.All(property => property.Name != nameof(IPatientOwned.PatientId)));

        // The record that the signature names holds the patient already, and the signature itself covers the diagnosis. The visit of a
        // record is held by a trigger.
        Assert.Equal(["MedicalRecord.VisitId", "Signature.DiagnosisId"],
            single.Select(key => $"{key.DeclaringEntityType.ClrType.Name}.{key.Properties.Single().Name}"));
    }

    [Fact]
    public void Entities_OwnedByAPatient_NameTheirOwnerInEveryStatement() =>
        Assert.All(
            PatientOwned.Where(entity => entity.ClrType != typeof(Patient)),
            entity => Assert.True(entity.FindProperty(nameof(IPatientOwned.PatientId))!.IsConcurrencyToken, entity.Name));

    [Fact]
    public void PatientNumber_ReadWithoutTheFilter_HoldsNothingButTheNumber() =>
        Assert.Equal(["Id", "Number"],
            Entities.Single(entity => entity.ClrType == typeof(PatientNumber)).GetProperties().Select(property => property.Name).Order());

    [Fact]
    public void InvoiceNumber_ReadWithoutTheFilter_HoldsNothingButTheNumber() =>
        Assert.Equal(["Number"],
            Entities.Single(entity => entity.ClrType == typeof(InvoiceNumber)).GetProperties().Select(property => property.Name));

    [Fact]
    public void Entities_WithoutAFilter_ShareNoTableWithAPatientsRow()
    {
        // The numbers of patients and of invoices are the exceptions, and hold nothing else.
        var tables = PatientOwned.Where(entity => !entity.ClrType.IsAssignableTo(typeof(IAccessGrant)))
            .Select(entity => entity.GetTableName()).ToHashSet();
        var sharing = Entities.Where(
            entity => entity.GetDeclaredQueryFilters().Count == 0 && tables.Contains(entity.GetTableName() ?? entity.GetViewName()));

        Assert.Equal([typeof(InvoiceNumber), typeof(PatientNumber)], sharing.Select(entity => entity.ClrType).OrderBy(type => type.Name));
    }

    [Fact]
    public void Entities_All_HaveIdsMadeByTheApplication() =>
        Assert.All(
            Entities.SelectMany(entity => entity.FindPrimaryKey()?.Properties ?? []),
            property => Assert.Equal(ValueGenerated.Never, property.ValueGenerated));

    [Fact]
    [Trait("Requirement", "B-03")]
    public void Entities_ThatMayBeThrownAway_AreDraftsAlone() =>
        Assert.Equal(["Draft", "RegistrationDraft"],
            Entities.Where(entity => entity.ClrType.IsAssignableTo(typeof(IDiscardable))).Select(entity => entity.ClrType.Name)
                .Order());

    [Fact]
    [Trait("Requirement", "B-03")]
    public void ForeignKeys_All_RestrictDeletion() =>
        Assert.All(
            Entities.SelectMany(entity => entity.GetForeignKeys()).Where(key => key.DeclaringEntityType.ClrType != typeof(AccountWord)),
            key => Assert.Equal(
                // A table that refers to itself could not be dropped whole; its rows are never deleted by its triggers.
                key.PrincipalEntityType == key.DeclaringEntityType ? DeleteBehavior.NoAction : DeleteBehavior.Restrict,
                key.DeleteBehavior));

    [Fact]
    public void ForeignKeys_OfWordsThatAreMadeAnew_RestrictDeletionInTheDatabase() =>
        Assert.Equal(DeleteBehavior.ClientCascade,
            Assert.Single(Entities.Single(entity => entity.ClrType == typeof(AccountWord)).GetForeignKeys()).DeleteBehavior);

    [Fact]
    public void PatientId_OfARow_IsSetOnceAndForAll() =>
        Assert.All(
            PatientOwned.Select(entity => entity.ClrType.GetProperty(nameof(IPatientOwned.PatientId))!),
            property => Assert.True(property.SetMethod is null || IsInitOnly(property), $"{property.DeclaringType!.Name}.{property.Name}"));

    private static bool IsInitOnly(PropertyInfo property) =>
        property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
