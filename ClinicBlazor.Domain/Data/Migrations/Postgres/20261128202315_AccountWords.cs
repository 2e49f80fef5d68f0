using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AccountWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_PatientId_CreatedAt",
                table: "MedicalRecords");

            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_Status_CreatedAt",
                table: "MedicalRecords");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_AccountId_At",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_At",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_PatientId_At",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "NameKey",
                table: "Accounts");

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "Accounts",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Staff");

            migrationBuilder.Sql("UPDATE \"Accounts\" SET \"Kind\" = 'Patient' WHERE \"Roles\" = 1;");

            migrationBuilder.CreateTable(
                name: "AccountWords",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Word = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    SortKey = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountWords", x => new { x.AccountId, x.Word });
                    table.ForeignKey(
                        name: "FK_AccountWords_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_PatientId_Id",
                table: "MedicalRecords",
                columns: new[] { "PatientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AccountId_Id",
                table: "AuditEntries",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Act_Id",
                table: "AuditEntries",
                columns: new[] { "Act", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Outcome_Id",
                table: "AuditEntries",
                columns: new[] { "Outcome", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_PatientId_Id",
                table: "AuditEntries",
                columns: new[] { "PatientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_Kind_NormalizedEmail",
                table: "Accounts",
                columns: new[] { "Kind", "NormalizedEmail" });

            migrationBuilder.CreateIndex(
                name: "IX_AccountWords_Kind_Word_SortKey_AccountId",
                table: "AccountWords",
                columns: new[] { "Kind", "Word", "SortKey", "AccountId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountWords");

            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_PatientId_Id",
                table: "MedicalRecords");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_AccountId_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Act_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Outcome_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_PatientId_Id",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_Kind_NormalizedEmail",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Accounts");

            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "Accounts",
                type: "character varying(240)",
                maxLength: 240,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_PatientId_CreatedAt",
                table: "MedicalRecords",
                columns: new[] { "PatientId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_Status_CreatedAt",
                table: "MedicalRecords",
                columns: new[] { "Status", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_AccountId_At",
                table: "AuditEntries",
                columns: new[] { "AccountId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_At",
                table: "AuditEntries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_PatientId_At",
                table: "AuditEntries",
                columns: new[] { "PatientId", "At" });
        }
    }
}
