using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <summary>A visit's way through the clinic, its history, and the visit that a record belongs to.</summary>
    public partial class Visits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Visits_OneOpenPerPatient",
                table: "Visits");

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "ArrivedAt",
                table: "Visits",
                type: "timestamp with time zone",
                nullable: true,
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone");

            migrationBuilder.AddColumn<Guid>(
                name: "AttendedById",
                table: "Visits",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "DoctorId",
                table: "Visits",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Events",
                table: "Visits",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "OpenedById",
                table: "Visits",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PlannedFor",
                table: "Visits",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "StatusSince",
                table: "Visits",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "VisitId",
                table: "MedicalRecords",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "EndedByEventId",
                table: "AccessGrants",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "GivenById",
                table: "AccessGrants",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "StartedByEventId",
                table: "AccessGrants",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "VisitEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    VisitId = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    From = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    To = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: true),
                    Reason = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VisitEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VisitEvents_Visits_VisitId_PatientId",
                        columns: x => new { x.VisitId, x.PatientId },
                        principalTable: "Visits",
                        principalColumns: new[] { "Id", "PatientId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Visits_ClosedAt",
                table: "Visits",
                column: "ClosedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_OneOpenPerPatient",
                table: "Visits",
                column: "PatientId",
                unique: true,
                filter: "\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_Open",
                table: "Visits",
                column: "ArrivedAt",
                filter: "\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_Planned",
                table: "Visits",
                column: "PlannedFor",
                filter: "\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_VisitId",
                table: "MedicalRecords",
                column: "VisitId");

            migrationBuilder.CreateIndex(
                name: "IX_VisitEvents_PatientId",
                table: "VisitEvents",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_VisitEvents_VisitId_Number",
                table: "VisitEvents",
                columns: new[] { "VisitId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VisitEvents_VisitId_PatientId",
                table: "VisitEvents",
                columns: new[] { "VisitId", "PatientId" });

            migrationBuilder.AddForeignKey(
                name: "FK_MedicalRecords_Visits_VisitId",
                table: "MedicalRecords",
                column: "VisitId",
                principalTable: "Visits",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.GuardVisits();
            migrationBuilder.LetKeysOfVisitsChange();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.KeepKeysOfVisits();
            migrationBuilder.LeaveVisits();

            migrationBuilder.DropForeignKey(
                name: "FK_MedicalRecords_Visits_VisitId",
                table: "MedicalRecords");

            migrationBuilder.DropTable(
                name: "VisitEvents");

            migrationBuilder.DropIndex(
                name: "IX_Visits_ClosedAt",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_Visits_OneOpenPerPatient",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_Visits_Open",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_Visits_Planned",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_VisitId",
                table: "MedicalRecords");

            migrationBuilder.DropColumn(
                name: "AttendedById",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "DoctorId",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "Events",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "OpenedById",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "PlannedFor",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "StatusSince",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "VisitId",
                table: "MedicalRecords");

            migrationBuilder.DropColumn(
                name: "EndedByEventId",
                table: "AccessGrants");

            migrationBuilder.DropColumn(
                name: "GivenById",
                table: "AccessGrants");

            migrationBuilder.DropColumn(
                name: "StartedByEventId",
                table: "AccessGrants");

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "ArrivedAt",
                table: "Visits",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)),
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Visits_OneOpenPerPatient",
                table: "Visits",
                column: "PatientId",
                unique: true,
                filter: "\"ClosedAt\" IS NULL");
        }
    }
}
